// An instance norm of one number per channel.
// expect: strata: layer 1 of 1, instance_norm: needs an image or a signal of several positions, but gets [6]: one number per channel has no variance. Use layer_norm, or put it before the layer that leaves one position.
// expect-types: strata::instance_norm, strata::core::mistake_kind::input_is_not_an_image
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<6>,
#ifdef STRATA_BROKEN
    strata::instance_norm> {};
#else
    strata::layer_norm> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(6));
