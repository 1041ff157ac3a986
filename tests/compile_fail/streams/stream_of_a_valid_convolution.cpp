// A stream of a network whose convolution is shorter than its input.
// expect: strata: layer 1 of 2, conv1d<8, 3>: needs later times for its output at a time, but a stream has only earlier ones. Add the option causal.
// expect-types: network_mistake<strata::core::layer<1, 2>, strata::conv1d<8, 3>, strata::core::mistake_kind::layer_cannot_stream, strata::core::got<1, 1>, strata::core::needs<>>
#include <strata/inference.hpp>

// [snippet]
struct filter : strata::network<
    strata::time_series<1, 64>,
#ifdef STRATA_BROKEN
    strata::conv1d<8, 3>,
#else
    strata::conv1d<8, 3, strata::causal>,
#endif
    strata::relu> {};

void start(const strata::model<filter>& net) {
    (void)net.stream();
}
// [/snippet]
