// A stream whose steps bring less than a window of a pooling.
// expect: strata: layer 2 of 2, avg_pool1d<4>: moves on by 4 times for an output, but a step of the stream brings it 2. Take a multiple per step, as in net.stream<8>().
// expect-types: network_mistake<strata::core::layer<2, 2>, strata::avg_pool1d<4>, strata::core::mistake_kind::layer_cannot_stream, strata::core::got<8, 2>, strata::core::needs<8, 4>>
#include <strata/inference.hpp>

// [snippet]
struct filter : strata::network<
    strata::time_series<4, 64>, strata::conv1d<8, 3, strata::causal>,
#ifdef STRATA_BROKEN
    strata::avg_pool1d<4>> {};
#else
    strata::avg_pool1d<2>> {};
#endif

void start(const strata::model<filter>& net) {
    (void)net.stream<2>();
}
// [/snippet]
