// Channels that cannot be divided into the groups.
// expect: strata: layer 2 of 2, conv<12, 3, groups<4>>: 6 channels and 12 filters cannot be divided into 4 groups. Use a number of groups that divides both.
// expect-types: network_mistake<strata::core::layer<2, 2>, strata::conv<12,
// expect-types: strata::groups<4>>, strata::core::mistake_kind::channels_not_divisible_by_groups, strata::core::got<6, 26, 26>, strata::core::needs<4>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
    strata::conv<6, 3>,
#ifdef STRATA_BROKEN
    strata::conv<12, 3, strata::groups<4>>> {};
#else
    strata::conv<12, 3, strata::groups<3>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(12, 24, 24));
