// A convolution whose kernel is longer than its signal.
// expect: strata: layer 1 of 2, conv1d<16, 5>: a kernel of 5 does not fit its 4 times (6 channels). Pad it (same or causal) or use a smaller kernel.
// expect-types: network_mistake<strata::core::layer<1, 2>, strata::conv1d<16, 5>, strata::core::mistake_kind::kernel_larger_than_its_input, strata::core::got<6, 4>, strata::core::needs<5>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::time_series<6, 4>,
#ifdef STRATA_BROKEN
    strata::conv1d<16, 5>,
#else
    strata::conv1d<16, 5, strata::causal>,
#endif
    strata::relu> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::signal(16, 4));
