// crop1d where there is no signal.
// expect: strata: layer 1 of 1, crop1d<0, 4>: needs a signal [C, T], but its input is [8]. Begin with time_series<C, T>.
// expect-types: strata::core::mistake_kind::input_is_not_a_signal, strata::core::got<8>, strata::core::needs<0, 0>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::features<8>, strata::crop1d<0, 4>> {};
#else
    strata::time_series<1, 8>, strata::crop1d<0, 4>, strata::flatten> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(4));
