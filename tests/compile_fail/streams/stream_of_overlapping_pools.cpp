// A stream of a network whose pooling has windows that overlap.
// expect: strata: layer 2 of 2, max_pool1d<3, stride<2>>: has windows that overlap, are padded, or leave times out, but a stream has one beside the other. Use a kernel alone, such as max_pool1d<2>.
// expect-types: network_mistake<strata::core::layer<2, 2>, strata::max_pool1d<3, strata::stride<2
// expect-types: strata::core::mistake_kind::layer_cannot_stream, strata::core::got<8, 6>, strata::core::needs<>>
#include <strata/inference.hpp>

// [snippet]
struct filter : strata::network<
    strata::time_series<4, 64>, strata::conv1d<8, 3, strata::causal>,
#ifdef STRATA_BROKEN
    strata::max_pool1d<3, strata::stride<2>>> {};
#else
    strata::max_pool1d<3>> {};
#endif

void start(const strata::model<filter>& net) {
    (void)net.stream<6>();
}
// [/snippet]
