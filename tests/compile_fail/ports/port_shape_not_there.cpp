// The shape of an input that the network does not have.
// expect: strata: there is no input or output "lef". Names: "left", "right".
// expect-types: network_mistake<strata::core::the_call, net, strata::core::mistake_kind::port_is_not_there, strata::core::the_name<'l', 'e', 'f'>
#include <strata/inference.hpp>

// [snippet]
struct net : strata::network<
    strata::inputs<strata::in<"left", strata::features<4>>, strata::in<"right", strata::features<3>>>,
    strata::use<"left">, strata::dense<8>, strata::tag<"l">,
    strata::use<"right">, strata::dense<8>, strata::add<"l">> {};
#ifdef STRATA_BROKEN
static_assert(strata::port_shape<net, "lef"> == strata::shape(4));
#else
static_assert(strata::port_shape<net, "left"> == strata::shape(4));
#endif
// [/snippet]
