// An option of instance_norm, given to layer_norm.
// expect: strata: layer 1 of 1, layer_norm_with<affine>: affine is not an option of this layer. It takes no_bias, epsilon<E>, all_positions.
// expect-types: strata::layer_norm_with<strata::affine>, strata::core::mistake_kind::option_is_unknown
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<3, 8, 8>,
#ifdef STRATA_BROKEN
    strata::layer_norm_with<strata::affine>> {};
#else
    strata::layer_norm_with<strata::all_positions>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(3, 8, 8));
