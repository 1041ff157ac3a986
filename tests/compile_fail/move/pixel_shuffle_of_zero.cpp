// pixel_shuffle to no pixel.
// expect: strata: layer 1 of 1, pixel_shuffle<0>: blocks of 0x0 pixels are not possible. Use at least 1.
// expect-types: strata::core::mistake_kind::size_is_not_positive, strata::core::got<0>, strata::core::needs<1>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<4, 2, 2>, strata::pixel_shuffle<0>> {};
#else
    strata::image<4, 2, 2>, strata::pixel_shuffle<1>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(4, 2, 2));
