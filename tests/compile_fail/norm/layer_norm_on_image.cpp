// A norm over the numbers of a sample, of an image.
// expect: strata: layer 1 of 1, layer_norm: needs a flat input or a sequence, but gets an image [3, 8, 8]. Put flatten before it, or use batch_norm, which normalises each channel.
// expect-types: strata::layer_norm, strata::core::mistake_kind::input_is_not_flat, strata::core::got<3, 8, 8>, strata::core::needs<192>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<3, 8, 8>,
#ifdef STRATA_BROKEN
    strata::layer_norm> {};
#else
    strata::flatten, strata::layer_norm> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(192));
