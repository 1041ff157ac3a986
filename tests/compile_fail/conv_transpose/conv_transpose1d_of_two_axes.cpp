// conv_transpose1d with an option of two axes.
// expect: strata: layer 1 of 2, conv_transpose1d<6, 2, stride<1, 2>>: stride<1, 2> is for the two axes of an image, but a signal has one. Give one number, such as stride<2>.
// expect-types: strata::core::mistake_kind::options_conflict, strata::core::got<1, 2>, strata::core::needs<2>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::time_series<4, 3>, strata::conv_transpose1d<6, 2, strata::stride<1, 2>>, strata::flatten> {};
#else
    strata::time_series<4, 3>, strata::conv_transpose1d<6, 2, strata::stride<2>>, strata::flatten> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(36));
