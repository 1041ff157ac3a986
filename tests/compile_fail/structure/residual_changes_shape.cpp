// A residual block whose branch changes the shape.
// expect: strata: layer 2 of 3, residual<conv<16, 3>, pass>: its body outputs [16, 30, 30], its shortcut [16, 32, 32]. Pad the body (same), or project the shortcut: residual<Body, conv<F, 1, stride<S>>>.
// expect-types: network_mistake<strata::core::layer<2, 3>, strata::residual<strata::conv<16,
// expect-types: strata::core::mistake_kind::branch_changes_the_shape, strata::core::got<16, 30, 30>, strata::core::needs<16, 32, 32>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<3, 32, 32>,
    strata::conv<16, 3, strata::same>,
#ifdef STRATA_BROKEN
    strata::residual<strata::conv<16, 3>>,
#else
    strata::residual<strata::conv<16, 3, strata::same>>,
#endif
    strata::relu> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(16, 32, 32));
