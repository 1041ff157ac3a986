// A stream of a network whose input is an image.
// expect: strata: the input is [1, 1, 64], an image, which has no times that come one after the other. A stream needs time_series<C, T> or vectors<T, D>.
// expect-types: network_mistake<strata::core::the_input, filter, strata::core::mistake_kind::layer_cannot_stream, strata::core::got<1, 1, 64>, strata::core::needs<>>
#include <strata/inference.hpp>

// [snippet]
struct filter : strata::network<
#ifdef STRATA_BROKEN
    strata::image<1, 1, 64>, strata::conv<8, strata::kernel(1, 3)>> {};
#else
    strata::time_series<1, 64>, strata::conv1d<8, 3, strata::causal>> {};
#endif

void start(const strata::model<filter>& net) {
    (void)net.stream();
}
// [/snippet]
