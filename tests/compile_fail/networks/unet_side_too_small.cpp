// The U-Net of the paper for an image of which nothing would be left.
// expect: strata: unet cannot halve a side of 172 four times between its convolutions without padding. Use 16 times a number, plus 12, from 188 on: 188 is the next.
// expect-types: strata::core::mistake_kind::shapes_differ, strata::core::got<1, 172, 172>, strata::core::needs<1, 188, 188>
#include <strata/networks.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
#ifdef STRATA_BROKEN
struct net : strata::networks::unet<2, 1, 172> {};
#else
struct net : strata::networks::unet<2, 1, 188> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2, 4, 4));
