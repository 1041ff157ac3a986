// An output padding as large as the stride.
// expect: strata: layer 1 of 1, conv_transpose<6, 3, stride<2>, output_padding<2>>: an output padding must be smaller than the stride or the dilation, but it is 2x2 with a stride of 2x2. Use less, or a larger stride.
// expect-types: strata::core::mistake_kind::output_padding_too_large, strata::core::got<2, 2>, strata::core::needs<2, 2>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<4, 3, 3>, strata::conv_transpose<6, 3, strata::stride<2>, strata::output_padding<2>>> {};
#else
    strata::image<4, 3, 3>, strata::conv_transpose<6, 3, strata::stride<2>, strata::output_padding<1>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(6, 8, 8));
