// An input that no layer reads.
// expect: strata: no layer reads the input "right". Read it with use<"right">, or remove it from the inputs.
// expect-types: network_mistake<strata::core::the_input, net, strata::core::mistake_kind::port_is_not_read, strata::core::the_name<'r', 'i', 'g', 'h', 't'>, strata::core::ports_with_a_name<strata::core::the_name<'l', 'e', 'f', 't'>, strata::core::the_name<'r', 'i', 'g', 'h', 't'>, strata::core::the_name<'l'>>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::inputs<strata::in<"left", strata::features<4>>, strata::in<"right", strata::features<3>>>,
    strata::use<"left">, strata::dense<8>, strata::tag<"l">,
#ifdef STRATA_BROKEN
    strata::dense<8>, strata::add<"l">> {};
#else
    strata::use<"right">, strata::dense<8>, strata::add<"l">> {};
#endif
// [/snippet]
static_assert(strata::output_shape<net> == strata::shape(8));
