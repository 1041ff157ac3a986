// A stream of no times per step.
// expect: strata: a stream with 0 positions per step is not possible. Use at least 1.
// expect-types: network_mistake<strata::core::the_call, filter, strata::core::mistake_kind::size_is_not_positive, strata::core::got<0>, strata::core::needs<1>>
#include <strata/inference.hpp>

// [snippet]
struct filter : strata::network<strata::time_series<1, 64>, strata::conv1d<4, 3, strata::causal>> {};

void start(const strata::model<filter>& net) {
#ifdef STRATA_BROKEN
    (void)net.stream<0>();
#else
    (void)net.stream<16>();
#endif
}
// [/snippet]
