// A convolution on a flat input.
// expect: strata: layer 1 of 1, conv<6, 5>: needs an image [C, H, W], but its input is [784]. Put it before flatten, or begin with image<C, H, W>.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::conv<6,
// expect-types: strata::core::mistake_kind::input_is_not_an_image, strata::core::got<784>, strata::core::needs<0, 0, 0>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::features<784>, strata::conv<6, 5>> {};
#else
    strata::image<1, 28, 28>, strata::conv<6, 5>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(6, 24, 24));
