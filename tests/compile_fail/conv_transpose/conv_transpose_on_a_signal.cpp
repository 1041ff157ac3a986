// conv_transpose of a signal.
// expect: strata: layer 1 of 2, conv_transpose<3, 2>: needs an image [C, H, W], but its input is [2, 8], a signal. Use conv_transpose1d.
// expect-types: strata::core::mistake_kind::input_is_not_an_image, strata::core::got<2, 8>, strata::core::needs<0, 0, 0>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::time_series<2, 8>, strata::conv_transpose<3, 2>, strata::flatten> {};
#else
    strata::time_series<2, 8>, strata::conv_transpose1d<3, 2>, strata::flatten> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(27));
