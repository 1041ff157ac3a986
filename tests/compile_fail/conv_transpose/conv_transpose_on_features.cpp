// conv_transpose where there is no image.
// expect: strata: layer 1 of 1, conv_transpose<8, 4>: needs an image [C, H, W], but its input is [100]. Put it before flatten, or begin with image<C, H, W>.
// expect-types: strata::core::mistake_kind::input_is_not_an_image, strata::core::got<100>, strata::core::needs<0, 0, 0>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::features<100>, strata::conv_transpose<8, 4>> {};
#else
    strata::image<100, 1, 1>, strata::conv_transpose<8, 4>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 4, 4));
