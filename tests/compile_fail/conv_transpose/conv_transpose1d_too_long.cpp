// conv_transpose1d with a dilation that reaches over more times than an int can count, though padding takes them away.
// expect: strata: layer 1 of 1, conv_transpose1d<1, 3, dilation<1073741824>, padding<1073741824>>: makes its 1x4 input 1x2147483652 before padding takes some away, more than an int can count (2147483647). Use less dilation.
// expect-types: strata::core::mistake_kind::size_is_too_large, strata::core::got<1, 4>, strata::core::needs<>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::time_series<1, 4>,
    strata::conv_transpose1d<1, 3, strata::dilation<1073741824>, strata::padding<1073741824>>> {};
#else
    strata::time_series<1, 4>, strata::conv_transpose1d<1, 3, strata::dilation<1024>, strata::padding<1024>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::signal(1, 4));
