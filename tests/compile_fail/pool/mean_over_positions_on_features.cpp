// The mean over positions behind flatten.
// expect: strata: layer 2 of 2, mean_over_positions: needs a sequence [T, D] or a signal [C, T], but its input is [40], which has no positions. Put it before flatten, or begin with tokens, vectors or time_series.
// expect-types: network_mistake<strata::core::layer<2, 2>, strata::mean_over_positions, strata::core::mistake_kind::input_is_not_a_signal, strata::core::got<40>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::vectors<10, 4>,
#ifdef STRATA_BROKEN
    strata::flatten,
#endif
    strata::mean_over_positions> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(4));
