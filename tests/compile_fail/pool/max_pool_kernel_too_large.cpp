// Max-pooling with a window larger than its input.
// expect: strata: layer 2 of 2, max_pool<4, stride<2>>: a 4x4 kernel does not fit its 3x3 input (8 channels). Pad it (same) or use a smaller kernel.
// expect-types: network_mistake<strata::core::layer<2, 2>, strata::max_pool<
// expect-types: strata::core::mistake_kind::kernel_larger_than_its_input, strata::core::got<8, 3, 3>, strata::core::needs<4, 4>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 5, 5>,
    strata::conv<8, 3>,
#ifdef STRATA_BROKEN
    strata::max_pool<4, strata::stride<2>>> {};
#else
    strata::max_pool<3, strata::stride<2>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 1, 1));
