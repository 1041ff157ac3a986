// A square pooling of a signal in one column, a dilated one.
// expect: strata: layer 1 of 1, max_pool<3, dilation<2>>: a 3x3 kernel, dilated to 5x5, does not fit its 100x1 input (8 channels). Pad it (same) or use a smaller kernel. Here kernel(3, 1) fits.
// expect-types: strata::core::mistake_kind::kernel_larger_than_its_input, strata::core::got<8, 100, 1>, strata::core::needs<3, 3>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<8, 100, 1>,
#ifdef STRATA_BROKEN
    strata::max_pool<3, strata::dilation<2>>> {};
#else
    strata::max_pool<strata::kernel(3, 1), strata::dilation<2>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 32, 1));
