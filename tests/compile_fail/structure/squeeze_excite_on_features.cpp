// Squeeze-and-excitation of a flat input.
// expect: strata: layer 1 of 1, squeeze_excite<4>: needs an image [C, H, W], but its input is flat [64].
// expect-types: strata::core::mistake_kind::input_is_not_an_image
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::features<64>,
#else
    strata::image<64, 1, 1>,
#endif
    strata::squeeze_excite<4>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(64, 1, 1));
