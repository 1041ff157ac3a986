// A convolution along time whose input is an image.
// expect: strata: layer 1 of 1, conv1d<8, 3>: needs a signal [C, T], but its input is [3, 16, 16], an image. Use the layer for images, or begin with time_series<C, T>.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::conv1d<8, 3>, strata::core::mistake_kind::input_is_not_a_signal, strata::core::got<3, 16, 16>, strata::core::needs<0, 0>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<3, 16, 16>,
#ifdef STRATA_BROKEN
    strata::conv1d<8, 3>> {};
#else
    strata::conv<8, 3>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 14, 14));
