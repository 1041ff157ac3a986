// A computed value in the place of a parameter.
// expect: strata: layer 1 of 1, clipped: the operation affine takes a parameter as its operand 3, but gets a computed value. Use g.parameter or g.buffer.
// expect-types: network_mistake<strata::core::layer<1, 1>, clipped, strata::core::mistake_kind::operand_is_not_a_parameter, strata::core::got<4>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct clipped {
    using function = strata::relu_function;
    static constexpr strata::value build(strata::graph& g, strata::value x) {
        const strata::value w = g.parameter("weight", strata::shape(4, 4), strata::init::kaiming, 4);
#ifdef STRATA_BROKEN
        const strata::value b = strata::operations::elementwise::append<strata::relu_function>(g, x);
#else
        const strata::value b = g.parameter("bias", strata::shape(4), strata::init::kaiming, 4);
#endif
        return strata::operations::affine::append(g, x, w, b);
    }
};

struct net : strata::network<strata::features<4>, clipped> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(4));
