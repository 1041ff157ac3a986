// A dilated kernel larger than its padded input.
// expect: strata: layer 1 of 2, conv<8, 3, padding<1>, dilation<5>>: a 3x3 kernel, dilated to 11x11, does not fit its 8x8 input (3 channels, padded to 10x10). Pad it (same) or use a smaller kernel.
// expect-types: strata::padding<1>, strata::dilation<5>>, strata::core::mistake_kind::kernel_larger_than_its_input, strata::core::got<3, 8, 8>, strata::core::needs<3, 3>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<3, 8, 8>,
#ifdef STRATA_BROKEN
    strata::conv<8, 3, strata::padding<1>, strata::dilation<5>>,
#else
    strata::conv<8, 3, strata::padding<2>, strata::dilation<2>>,
#endif
    strata::relu> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 8, 8));
