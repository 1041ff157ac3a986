// The mean over the positions of an image.
// expect: strata: layer 1 of 1, mean_over_positions: needs a sequence [T, D] or a signal [C, T], but gets an image [3, 8, 8]. Use global_avg_pool, the mean of each channel.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::mean_over_positions, strata::core::mistake_kind::input_is_not_a_signal, strata::core::got<3, 8, 8>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<3, 8, 8>,
#else
    strata::time_series<3, 64>,
#endif
    strata::mean_over_positions> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(3));
