// conv_transpose to more numbers than an int can count: those of its filters, not of its input's channels.
// expect: strata: layer 1 of 1, conv_transpose<512, 2, stride<2>>: makes its 1100x1100 input 2200x2200 (512 filters), more numbers than an int can count (2147483647). Make it smaller.
// expect-types: strata::core::mistake_kind::size_is_too_large, strata::core::got<512, 1100, 1100>, strata::core::needs<>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<512, 1100, 1100>, strata::conv_transpose<512, 2, strata::stride<2>>> {};
#else
    strata::image<512, 1100, 1100>, strata::conv_transpose<1, 2, strata::stride<2>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 2200, 2200));
