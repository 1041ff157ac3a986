// A stream of a network of which a sample has no positions.
// expect: strata: the input is [8], flat, which has no times that come one after the other. A stream needs time_series<C, T> or vectors<T, D>.
// expect-types: network_mistake<strata::core::the_input, filter, strata::core::mistake_kind::layer_cannot_stream, strata::core::got<8>, strata::core::needs<>>
#include <strata/inference.hpp>

// [snippet]
struct filter : strata::network<
#ifdef STRATA_BROKEN
    strata::features<8>,
#else
    strata::vectors<100, 8>,
#endif
    strata::dense<4>> {};

void start(const strata::model<filter>& net) {
    (void)net.stream();
}
// [/snippet]
