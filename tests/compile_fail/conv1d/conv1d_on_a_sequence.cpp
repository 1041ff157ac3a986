// A convolution along time over vectors, whose features stand last.
// expect: strata: layer 1 of 1, conv1d<8, 3>: needs a signal [C, T], but its input is [20, 6], a sequence with its features last. Begin with time_series<C, T>.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::conv1d<8, 3>, strata::core::mistake_kind::input_is_not_a_signal, strata::core::got<20, 6>, strata::core::needs<0, 0>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    // 6 numbers at each of 20 times
#ifdef STRATA_BROKEN
    strata::vectors<20, 6>,
#else
    strata::time_series<6, 20>,
#endif
    strata::conv1d<8, 3>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::signal(8, 18));
