// Spatial dropout of a flat value, which has no positions.
// expect: strata: layer 2 of 3, spatial_dropout<0.5>: needs an image, a signal or a sequence, but its input is flat [128]. Use dropout, which drops single numbers.
// expect-types: strata::core::mistake_kind::input_is_not_an_image
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<784>,
    strata::dense<128>,
#ifdef STRATA_BROKEN
    strata::spatial_dropout<0.5>,
#else
    strata::dropout<0.5>,
#endif
    strata::dense<10>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
