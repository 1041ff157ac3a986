// The input shape of a network with several inputs.
// expect: strata: input_shape<Net> is of a network with one input, but this one has "left", "right". Name one: port_shape<Net, "left">.
// expect-types: network_mistake<strata::core::the_call, net, strata::core::mistake_kind::network_has_several_ports, strata::core::got<2>, strata::core::needs<1>>
#include <strata/inference.hpp>

// [snippet]
struct net : strata::network<
    strata::inputs<strata::in<"left", strata::features<4>>, strata::in<"right", strata::features<3>>>,
    strata::use<"left">, strata::dense<8>, strata::tag<"l">,
    strata::use<"right">, strata::dense<8>, strata::add<"l">> {};
#ifdef STRATA_BROKEN
static_assert(strata::input_shape<net> == strata::shape(4));
#else
static_assert(strata::port_shape<net, "left"> == strata::shape(4));
#endif
// [/snippet]
