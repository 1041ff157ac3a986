// A stride for the two axes of an image.
// expect: strata: layer 1 of 1, conv1d<8, 3, stride<1, 2>>: stride<1, 2> is for the two axes of an image, but a signal has one. Give one number, such as stride<2>.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::conv1d<8, 3, strata::stride<1, 2
// expect-types: strata::core::mistake_kind::options_conflict, strata::core::got<1, 2>, strata::core::needs<2>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::time_series<1, 64>,
#ifdef STRATA_BROKEN
    strata::conv1d<8, 3, strata::stride<1, 2>>> {};
#else
    strata::conv1d<8, 3, strata::stride<2>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::signal(8, 31));
