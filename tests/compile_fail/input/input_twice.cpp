// A second input.
// expect: strata: layer 2 of 3, features<8>: is an input, but inputs stand at the beginning of a network: in inputs<...> if there are several.
// expect-types: network_mistake<strata::core::layer<2, 3>, strata::features<8>, strata::core::mistake_kind::it_is_no_layer, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>,
    strata::dense<8>,
#ifdef STRATA_BROKEN
    strata::features<8>,
#else
    strata::relu,
#endif
    strata::dense<2>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2));
