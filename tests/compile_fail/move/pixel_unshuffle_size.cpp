// pixel_unshuffle of rows that are no whole blocks.
// expect: strata: layer 1 of 1, pixel_unshuffle<2>: cuts its input into blocks of 2x2 pixels, but that is 5x6. Pad or crop it to a multiple.
// expect-types: strata::core::mistake_kind::shapes_differ, strata::core::got<1, 5, 6>, strata::core::needs<1, 4, 6>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<1, 5, 6>, strata::pixel_unshuffle<2>> {};
#else
    strata::image<1, 5, 6>, strata::crop<0, 0, 4, 6>, strata::pixel_unshuffle<2>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(4, 2, 3));
