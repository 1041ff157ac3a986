// Average pooling with a window larger than its input.
// expect: strata: layer 1 of 1, avg_pool<kernel(2, 8)>: a 2x8 kernel does not fit its 7x7 input (16 channels). Pad it (same) or use a smaller kernel. Here kernel(2, 7) fits.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::avg_pool<
// expect-types: strata::core::mistake_kind::kernel_larger_than_its_input, strata::core::got<16, 7, 7>, strata::core::needs<2, 8>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<16, 7, 7>,
#ifdef STRATA_BROKEN
    strata::avg_pool<strata::kernel(2, 8)>> {};
#else
    strata::avg_pool<strata::kernel(2, 7)>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(16, 3, 1));
