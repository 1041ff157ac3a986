// conv_transpose with groups that do not divide its filters.
// expect: strata: layer 1 of 1, conv_transpose<6, 2, groups<4>>: 4 channels and 6 filters cannot be divided into 4 groups. Use a number of groups that divides both.
// expect-types: strata::core::mistake_kind::channels_not_divisible_by_groups, strata::core::got<4, 3, 3>, strata::core::needs<4>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<4, 3, 3>, strata::conv_transpose<6, 2, strata::groups<4>>> {};
#else
    strata::image<4, 3, 3>, strata::conv_transpose<6, 2, strata::groups<2>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(6, 4, 4));
