// pad that would take something away.
// expect: strata: layer 1 of 1, pad<sides(0, -1)>: cannot take anything away. Give 0 or more for each side, or use crop.
// expect-types: strata::core::mistake_kind::size_is_not_positive, strata::core::got<1, 4, 4>, strata::core::needs<>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<1, 4, 4>, strata::pad<strata::sides(0, -1)>> {};
#else
    strata::image<1, 4, 4>, strata::crop<0, 1, 4, 2>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 4, 2));
