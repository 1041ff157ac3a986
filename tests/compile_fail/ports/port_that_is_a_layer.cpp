// An input that is no shape.
// expect: strata: the input "left" is dense<4>, but must be a shape. Use features<F> or image<C, H, W>.
// expect-types: network_mistake<strata::core::the_input, net, strata::core::mistake_kind::network_has_no_input, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::inputs<strata::in<"left", strata::dense<4>>, strata::in<"right", strata::features<3>>>,
#else
    strata::inputs<strata::in<"left", strata::features<4>>, strata::in<"right", strata::features<3>>>,
#endif
    strata::use<"left">, strata::dense<8>, strata::tag<"l">,
    strata::use<"right">, strata::dense<8>, strata::add<"l">> {};
// [/snippet]
static_assert(strata::output_shape<net> == strata::shape(8));
