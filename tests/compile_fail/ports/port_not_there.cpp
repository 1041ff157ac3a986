// A network that goes on with an input it does not have.
// expect: strata: layer 4 of 6, use<"rihgt">: there is no input "rihgt", and no earlier value is tagged so. Names so far: "left", "right", "l".
// expect-types: network_mistake<strata::core::layer<4, 6>, strata::use<
// expect-types: strata::core::mistake_kind::port_is_not_there, strata::core::the_name<'r', 'i', 'h', 'g', 't'>, strata::core::tagged_so_far<strata::core::the_name<'l', 'e', 'f', 't'>, strata::core::the_name<'r', 'i', 'g', 'h', 't'>, strata::core::the_name<'l'>>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::inputs<strata::in<"left", strata::features<4>>, strata::in<"right", strata::features<3>>>,
    strata::use<"left">, strata::dense<8>, strata::tag<"l">,
#ifdef STRATA_BROKEN
    strata::use<"rihgt">, strata::dense<8>, strata::add<"l">> {};
#else
    strata::use<"right">, strata::dense<8>, strata::add<"l">> {};
#endif
// [/snippet]
static_assert(strata::output_shape<net> == strata::shape(8));
