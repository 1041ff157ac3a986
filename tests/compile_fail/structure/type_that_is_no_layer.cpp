// A type that is not a layer, in a block.
// expect: strata: layer 1 of 2, sublayer 1 of 2, sublayer 2 of 2, int: is not a layer: it has no build(graph&, value). (An option goes inside its layer's brackets, such as dense<10, no_bias>.)
// expect-types: network_mistake<strata::core::nested<strata::core::layer<1, 2>, strata::core::layer<1, 2>, strata::core::layer<2, 2>>, int, strata::core::mistake_kind::it_is_no_layer, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>,
#ifdef STRATA_BROKEN
    strata::residual<strata::sequence<strata::dense<4>, int>>,
#else
    strata::residual<strata::sequence<strata::dense<4>, strata::relu>>,
#endif
    strata::dense<2>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2));
