// A mistake in a block that is too long to be spelled out.
// expect: strata: layer 1 of 1, residual<sequence<conv<64, 1, no_bias>, batch_norm, relu, conv<64, 3, same, n...: its body outputs [256, 56, 56], its shortcut [64, 56, 56]. Pad the body (same), or project the shortcut: residual<Body, conv<F, 1, stride<S>>>.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::residual<strata::sequence<
// expect-types: strata::core::mistake_kind::branch_changes_the_shape, strata::core::got<256, 56, 56>, strata::core::needs<64, 56, 56>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
using bottleneck = strata::sequence<
    strata::conv<64, 1, strata::no_bias>,               strata::batch_norm, strata::relu,
    strata::conv<64, 3, strata::same, strata::no_bias>, strata::batch_norm, strata::relu,
    strata::conv<256, 1, strata::no_bias>,              strata::batch_norm>;

struct net : strata::network<
    strata::image<64, 56, 56>,
#ifdef STRATA_BROKEN
    strata::residual<bottleneck>> {};
#else
    strata::residual<bottleneck, strata::conv<256, 1, strata::no_bias>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(256, 56, 56));
