// A computed value in the place of a weight.
// expect: strata: layer 1 of 1, clipped: the weight of the operation affine is a computed value, but only a parameter can be one. Use g.parameter or g.buffer.
// expect-types: network_mistake<strata::core::layer<1, 1>, clipped, strata::core::mistake_kind::weight_is_not_a_parameter, strata::core::got<4, 4>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct clipped {
    using function = strata::relu_function;
    static constexpr strata::value build(strata::graph& g, strata::value x) {
        strata::value w = g.parameter("weight", strata::shape(4, 4), strata::init::kaiming, 4);
#ifdef STRATA_BROKEN
        w = strata::operations::elementwise::append<strata::relu_function>(g, w);
#endif
        return strata::operations::affine::append(g, x, w, {});
    }
};

struct net : strata::network<strata::features<4>, clipped> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(4));
