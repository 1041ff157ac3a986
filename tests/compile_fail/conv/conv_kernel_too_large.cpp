// A convolution whose kernel is larger than its input.
// expect: strata: layer 4 of 5, conv<16, 5>: a 5x5 kernel does not fit its 4x4 input (6 channels). Pad it (same) or use a smaller kernel.
// expect-types: network_mistake<strata::core::layer<4, 5>, strata::conv<16,
// expect-types: strata::core::mistake_kind::kernel_larger_than_its_input, strata::core::got<6, 4, 4>, strata::core::needs<5, 5>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 12, 12>,
    strata::conv<6, 5>, strata::relu, strata::max_pool<2>,
#ifdef STRATA_BROKEN
    strata::conv<16, 5>,
#else
    strata::conv<16, 5, strata::same>,
#endif
    strata::relu> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(16, 4, 4));
