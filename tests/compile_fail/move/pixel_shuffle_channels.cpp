// pixel_shuffle of channels that are no whole blocks.
// expect: strata: layer 1 of 1, pixel_shuffle<2>: makes a block of 2x2 pixels of 4 channels, but its input has 6. Give the layer before it 8 channels.
// expect-types: strata::core::mistake_kind::channels_not_divisible, strata::core::got<6, 2, 2>, strata::core::needs<>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<6, 2, 2>, strata::pixel_shuffle<2>> {};
#else
    strata::image<8, 2, 2>, strata::pixel_shuffle<2>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2, 4, 4));
