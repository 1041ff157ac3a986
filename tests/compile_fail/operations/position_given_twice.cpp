// Two layers inside the build of a third, at the same position.
// expect: strata: layer 1 of 1, sublayer 1 of 2, dense<2>: its position in the enclosing layer, 0, is already used, but files identify layers by position. Count upwards in run_layer.
// expect-types: strata::core::mistake_kind::position_is_taken, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct twice {
    static constexpr strata::value build(strata::graph& g, strata::value x) {
        x = strata::run_layer<strata::dense<8>>(g, x, 0, 2);
#ifdef STRATA_BROKEN
        return strata::run_layer<strata::dense<2>>(g, x, 0, 2);
#else
        return strata::run_layer<strata::dense<2>>(g, x, 1, 2);
#endif
    }
};

struct net : strata::network<strata::features<4>, twice> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2));
