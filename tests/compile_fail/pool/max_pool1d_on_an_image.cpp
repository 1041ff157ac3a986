// A pooling of signals whose input is an image.
// expect: strata: layer 1 of 1, max_pool1d<2>: needs a signal [C, T], but its input is [3, 16, 16], an image. Use the layer for images, or begin with time_series<C, T>.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::max_pool1d<2>, strata::core::mistake_kind::input_is_not_a_signal, strata::core::got<3, 16, 16>, strata::core::needs<0, 0>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<3, 16, 16>,
#ifdef STRATA_BROKEN
    strata::max_pool1d<2>> {};
#else
    strata::max_pool<2>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(3, 8, 8));
