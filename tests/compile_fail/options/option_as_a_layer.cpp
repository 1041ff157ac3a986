// An option one comma too late.
// expect: strata: layer 2 of 3, no_bias: is not a layer: it has no build(graph&, value). (An option goes inside its layer's brackets, such as dense<10, no_bias>.)
// expect-types: network_mistake<strata::core::layer<2, 3>, strata::no_bias, strata::core::mistake_kind::it_is_no_layer, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>,
#ifdef STRATA_BROKEN
    strata::dense<8>, strata::no_bias,
#else
    strata::dense<8, strata::no_bias>,
#endif
    strata::dense<2>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2));
