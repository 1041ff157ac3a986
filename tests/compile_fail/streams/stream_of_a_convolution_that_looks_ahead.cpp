// A stream of a network whose convolution needs later times.
// expect: strata: layer 3 of 3, conv1d<1, 3, same>: needs later times for its output at a time, but a stream has only earlier ones. Add the option causal in place of same.
// expect-types: network_mistake<strata::core::layer<3, 3>, strata::conv1d<1, 3, strata::same>, strata::core::mistake_kind::layer_cannot_stream, strata::core::got<8, 1>, strata::core::needs<>>
#include <strata/inference.hpp>

// [snippet]
struct filter : strata::network<
    strata::time_series<1, 64>, strata::conv1d<8, 3, strata::causal>, strata::relu,
#ifdef STRATA_BROKEN
    strata::conv1d<1, 3, strata::same>> {};
#else
    strata::conv1d<1, 3, strata::causal>> {};
#endif

void start(const strata::model<filter>& net) {
    (void)net.stream();
}
// [/snippet]
