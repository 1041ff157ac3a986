// Channels in zero groups.
// expect: strata: layer 1 of 1, conv<8, 3, groups<0>>: groups<0> is out of range. Sizes must be at least 1, padding at least 0.
// expect-types: strata::groups<0>>, strata::core::mistake_kind::size_is_not_positive, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<4, 28, 28>,
#ifdef STRATA_BROKEN
    strata::conv<8, 3, strata::groups<0>>> {};
#else
    strata::conv<8, 3, strata::groups<4>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 26, 26));
