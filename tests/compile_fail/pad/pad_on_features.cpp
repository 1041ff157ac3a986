// pad where there is no image.
// expect: strata: layer 1 of 1, pad<1>: needs an image [C, H, W], but its input is [8]. Put it before flatten, or begin with image<C, H, W>.
// expect-types: strata::core::mistake_kind::input_is_not_an_image, strata::core::got<8>, strata::core::needs<0, 0, 0>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::features<8>, strata::pad<1>> {};
#else
    strata::image<2, 2, 2>, strata::pad<1>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2, 4, 4));
