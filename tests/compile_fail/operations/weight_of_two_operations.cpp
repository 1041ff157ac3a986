// One weight in a convolution and in a matrix product.
// expect: strata: layer 1 of 1, pixels_and_sums: the operations conv and affine share the weight "weight", but need it in different layouts. Give each a parameter of its own.
// expect-types: network_mistake<strata::core::layer<1, 1>, pixels_and_sums, strata::core::mistake_kind::weight_has_two_layouts, strata::core::got<1>, strata::core::needs<1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct pixels_and_sums {
    static constexpr strata::value build(strata::graph& g, strata::value x) {
        const strata::core::window pixel{.kernel_h = 1, .kernel_w = 1};
        const strata::value w = g.parameter("weight", strata::shape(4, 4, 1, 1), strata::init::kaiming, 4);
#ifdef STRATA_BROKEN
        const strata::value second = w;
#else
        const strata::value second = g.parameter("weight2", strata::shape(4, 4), strata::init::kaiming, 4);
#endif
        x = strata::operations::conv::append(g, x, w, {}, pixel, 1, strata::shape(4, 1, 1));
        x = strata::flatten::build(g, x);
        return strata::operations::affine::append(g, x, second, {});
    }
};

struct net : strata::network<strata::image<4, 1, 1>, pixels_and_sums> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(4));
