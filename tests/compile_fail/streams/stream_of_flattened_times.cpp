// A stream of a network that joins all times.
// expect: strata: layer 2 of 3, flatten: joins all times of a signal, but a stream passes on 1 per step. Keep them apart: conv1d<Units, 1> is dense<Units> at each time, and of vectors<T, D>, dense<Units> is.
// expect-types: network_mistake<strata::core::layer<2, 3>, strata::flatten, strata::core::mistake_kind::layer_cannot_stream, strata::core::got<8, 1>, strata::core::needs<>>
#include <strata/inference.hpp>

// [snippet]
struct filter : strata::network<
    strata::time_series<1, 64>, strata::conv1d<8, 3, strata::causal>,
#ifdef STRATA_BROKEN
    strata::flatten, strata::dense<2>> {};
#else
    strata::conv1d<2, 1>> {};
#endif

void start(const strata::model<filter>& net) {
    (void)net.stream();
}
// [/snippet]
