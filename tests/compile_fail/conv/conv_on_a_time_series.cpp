// A convolution over an image whose input is a signal.
// expect: strata: layer 1 of 1, conv<8, 3>: needs an image [C, H, W], but its input is [6, 20], a signal. Use the layer for signals, or begin with image<C, 1, T>.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::conv<8,
// expect-types: strata::core::mistake_kind::input_is_not_an_image, strata::core::got<6, 20>, strata::core::needs<0, 0, 0>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::time_series<6, 20>,
#ifdef STRATA_BROKEN
    strata::conv<8, 3>> {};
#else
    strata::conv1d<8, 3>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::signal(8, 18));
