// Groups that do not divide the channels.
// expect: strata: layer 2 of 2, group_norm<4>: cannot divide 6 channels into 4 groups of equal size. Use a divisor of 6.
// expect-types: strata::group_norm<4>, strata::core::mistake_kind::channels_not_divisible_by_groups
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<3, 8, 8>,
    strata::conv<6, 3>,
#ifdef STRATA_BROKEN
    strata::group_norm<4>> {};
#else
    strata::group_norm<3>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(6, 6, 6));
