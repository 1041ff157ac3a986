// An output that is named twice.
// expect: strata: layer 5 of 5, outputs<"x", "x">: names "x" twice. Name each output once.
// expect-types: network_mistake<strata::core::layer<5, 5>, strata::outputs<
// expect-types: strata::core::mistake_kind::port_is_given_twice, strata::core::the_name<'x'>, strata::core::tagged_so_far<strata::core::the_name<'x'>, strata::core::the_name<'y'>>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>,
    strata::dense<8>, strata::tag<"x">,
    strata::dense<2>, strata::tag<"y">,
#ifdef STRATA_BROKEN
    strata::outputs<"x", "x">> {};
#else
    strata::outputs<"x", "y">> {};
#endif
// [/snippet]
static_assert(strata::parameter_count<net> == 40 + 18);
