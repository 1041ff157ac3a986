// Groups that do not divide the channels.
// expect: strata: layer 1 of 1, conv1d<8, 3, groups<4>>: 6 channels and 8 filters cannot be divided into 4 groups. Use a number of groups that divides both.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::conv1d<8, 3, strata::groups<4
// expect-types: strata::core::mistake_kind::channels_not_divisible_by_groups, strata::core::got<6, 20>, strata::core::needs<4>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::time_series<6, 20>,
#ifdef STRATA_BROKEN
    strata::conv1d<8, 3, strata::groups<4>>> {};
#else
    strata::conv1d<8, 3, strata::groups<2>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::signal(8, 18));
