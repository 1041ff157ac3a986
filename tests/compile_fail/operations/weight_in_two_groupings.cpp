// One weight in two convolutions with different numbers of groups.
// expect: strata: layer 1 of 1, halves_and_whole: the operations conv with 2 groups and conv with 1 group share the weight "weight", but need it in different layouts. Give each a parameter of its own.
// expect-types: network_mistake<strata::core::layer<1, 1>, halves_and_whole, strata::core::mistake_kind::weight_has_two_layouts, strata::core::got<2>, strata::core::needs<1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct halves_and_whole {
    static constexpr strata::value build(strata::graph& g, strata::value x) {
        const strata::core::window pixel{.kernel_h = 1, .kernel_w = 1};
        const strata::value w = g.parameter("weight", strata::shape(4, 4, 1, 1), strata::init::kaiming, 4);
#ifdef STRATA_BROKEN
        const strata::value second = w;
#else
        const strata::value second = g.parameter("weight2", strata::shape(4, 4, 1, 1), strata::init::kaiming, 4);
#endif
        x = strata::operations::conv::append(g, x, w, {}, pixel, 2, strata::shape(4, 5, 5));
        return strata::operations::conv::append(g, x, second, {}, pixel, 1, strata::shape(4, 5, 5));
    }
};

struct net : strata::network<strata::image<8, 5, 5>, halves_and_whole> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(4, 5, 5));
