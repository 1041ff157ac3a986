// Two layers inside the build of a third, without names of their own.
// expect: strata: layer 1 of 1, twice: has two parameters "weight", but files identify them by name. Rename one of them, or give it a separate layer: run_layer.
// expect-types: network_mistake<strata::core::layer<1, 1>, twice, strata::core::mistake_kind::parameter_is_declared_twice, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct twice {
    static constexpr strata::value build(strata::graph& g, strata::value x) {
#ifdef STRATA_BROKEN
        x = strata::dense<8>::build(g, x);
        return strata::dense<2>::build(g, x);
#else
        x = strata::run_layer<strata::dense<8>>(g, x, 0, 2);
        return strata::run_layer<strata::dense<2>>(g, x, 1, 2);
#endif
    }
};

struct net : strata::network<strata::features<4>, twice> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2));
