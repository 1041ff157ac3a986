// A stream of a network that takes the mean over all times.
// expect: strata: layer 2 of 2, global_avg_pool: is the mean over all times, but the times of a stream have no end. Run the network on pieces of the signal: net(x).
// expect-types: network_mistake<strata::core::layer<2, 2>, strata::global_avg_pool, strata::core::mistake_kind::layer_cannot_stream, strata::core::got<8, 8>, strata::core::needs<>>
#include <strata/inference.hpp>

// [snippet]
struct filter : strata::network<
    strata::time_series<4, 64>, strata::conv1d<8, 3, strata::causal>,
#ifdef STRATA_BROKEN
    strata::global_avg_pool> {};
#else
    strata::avg_pool1d<8>> {};
#endif

void start(const strata::model<filter>& net) {
    (void)net.stream<8>();
}
// [/snippet]
