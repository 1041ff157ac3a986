// Two inputs of one name.
// expect: strata: two inputs have the name "left". Rename one of them.
// expect-types: network_mistake<strata::core::the_input, net, strata::core::mistake_kind::port_is_given_twice, strata::core::the_name<'l', 'e', 'f', 't'>, strata::core::ports_with_a_name<strata::core::the_name<'l', 'e', 'f', 't'>>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::inputs<strata::in<"left", strata::features<4>>, strata::in<"left", strata::features<3>>>,
#else
    strata::inputs<strata::in<"left", strata::features<4>>, strata::in<"right", strata::features<3>>>,
#endif
    strata::use<"left">, strata::dense<8>, strata::tag<"l">,
    strata::use<"right">, strata::dense<8>, strata::add<"l">> {};
// [/snippet]
static_assert(strata::output_shape<net> == strata::shape(8));
