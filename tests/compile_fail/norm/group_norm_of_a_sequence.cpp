// A norm over channels, of a sequence, whose features stand last.
// expect: strata: layer 1 of 1, group_norm<2>: normalises channels over all positions, but gets a sequence [8, 6], which has features at each position. Use layer_norm, which normalises each position.
// expect-types: strata::group_norm<2>, strata::core::mistake_kind::channels_stand_last
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::vectors<8, 6>,
#ifdef STRATA_BROKEN
    strata::group_norm<2>> {};
#else
    strata::layer_norm> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::sequence(8, 6));
