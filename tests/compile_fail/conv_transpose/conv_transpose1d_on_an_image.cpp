// conv_transpose1d of an image.
// expect: strata: layer 1 of 1, conv_transpose1d<6, 2>: needs a signal [C, T], but its input is [4, 3, 3], an image. Use conv_transpose.
// expect-types: strata::core::mistake_kind::input_is_not_a_signal, strata::core::got<4, 3, 3>, strata::core::needs<0, 0>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<4, 3, 3>, strata::conv_transpose1d<6, 2>> {};
#else
    strata::image<4, 3, 3>, strata::conv_transpose<6, 2>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(6, 4, 4));
