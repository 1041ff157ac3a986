// A stream of one time per step, of a layer that leaves times out.
// expect: strata: layer 2 of 2, conv1d<8, 3, causal, stride<2>>: moves on by 2 times for an output, but a step of the stream brings it 1. Take a multiple per step, as in net.stream<2>().
// expect-types: network_mistake<strata::core::layer<2, 2>, strata::conv1d<8, 3, strata::causal, strata::stride<2
// expect-types: strata::core::mistake_kind::layer_cannot_stream, strata::core::got<4, 1>, strata::core::needs<4, 2>>
#include <strata/inference.hpp>

// [snippet]
struct filter : strata::network<
    strata::time_series<1, 64>, strata::conv1d<4, 3, strata::causal>,
    strata::conv1d<8, 3, strata::causal, strata::stride<2>>> {};

void start(const strata::model<filter>& net) {
#ifdef STRATA_BROKEN
    (void)net.stream();
#else
    (void)net.stream<2>();
#endif
}
// [/snippet]
