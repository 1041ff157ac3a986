// Padding to more numbers than an int can count.
// expect: strata: layer 1 of 1, conv<8, 3, padding<2147483647>>: pads its 28x28 input to 4294967322x4294967322, more numbers than an int can count (2147483647). Use less padding or dilation.
// expect-types: strata::padding<2147483647>>, strata::core::mistake_kind::size_is_too_large, strata::core::got<1, 28, 28>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
#ifdef STRATA_BROKEN
    strata::conv<8, 3, strata::padding<2147483647>>> {};
#else
    strata::conv<8, 3, strata::padding<1>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 28, 28));
