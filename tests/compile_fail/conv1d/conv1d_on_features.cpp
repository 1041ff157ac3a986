// A convolution along time behind flatten.
// expect: strata: layer 2 of 2, conv1d<8, 3>: needs a signal [C, T], but its input is [120]. Put it before flatten, or begin with time_series<C, T>.
// expect-types: network_mistake<strata::core::layer<2, 2>, strata::conv1d<8, 3>, strata::core::mistake_kind::input_is_not_a_signal, strata::core::got<120>, strata::core::needs<0, 0>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::time_series<6, 20>,
#ifdef STRATA_BROKEN
    strata::flatten, strata::conv1d<8, 3>> {};
#else
    strata::conv1d<8, 3>, strata::flatten> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8 * 18));
