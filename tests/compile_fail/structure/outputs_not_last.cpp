// A list of outputs that layers follow.
// expect: strata: layer 5 of 6, outputs<"x", "y">: must be the last layer of the network, outside of blocks. Move it to the end.
// expect-types: network_mistake<strata::core::layer<5, 6>, strata::outputs<
// expect-types: strata::core::mistake_kind::outputs_are_not_last, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>,
    strata::dense<8>, strata::tag<"x">,
    strata::dense<2>, strata::tag<"y">,
#ifdef STRATA_BROKEN
    strata::outputs<"x", "y">, strata::relu> {};
#else
    strata::relu, strata::tag<"z">, strata::outputs<"x", "z">> {};
#endif
// [/snippet]
static_assert(strata::parameter_count<net> == 40 + 18);
