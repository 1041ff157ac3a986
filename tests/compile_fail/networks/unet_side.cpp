// The U-Net of the paper for an image whose side it cannot halve at every level.
// expect: strata: unet cannot halve a side of 570 four times between its convolutions without padding. Use 16 times a number, plus 12, from 188 on: 572 is the next.
// expect-types: strata::core::mistake_kind::shapes_differ, strata::core::got<1, 570, 570>, strata::core::needs<1, 572, 572>
#include <strata/networks.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
#ifdef STRATA_BROKEN
struct net : strata::networks::unet<2, 1, 570> {};
#else
struct net : strata::networks::unet<2, 1, 572> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2, 388, 388));
