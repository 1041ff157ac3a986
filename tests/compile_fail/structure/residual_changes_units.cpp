// A residual block whose body changes the number of units.
// expect: strata: layer 1 of 2, residual<sequence<dense<16>, relu>, pass>: its body outputs [16], its shortcut [32]. End the body with the same number of units, or project the shortcut: residual<Body, dense<Units>>.
// expect-types: network_mistake<strata::core::layer<1, 2>, strata::residual<strata::sequence<strata::dense<16>
// expect-types: strata::core::mistake_kind::branch_changes_the_shape, strata::core::got<16>, strata::core::needs<32>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<32>,
    strata::residual<strata::sequence<
#ifdef STRATA_BROKEN
        strata::dense<16>, strata::relu>>,
#else
        strata::dense<32>, strata::relu>>,
#endif
    strata::dense<2>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2));
