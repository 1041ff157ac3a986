// crop of no column.
// expect: strata: layer 1 of 1, crop<0, 0, 3, 0>: a part of 3x0 is not possible. Use at least 1.
// expect-types: strata::core::mistake_kind::size_is_not_positive, strata::core::got<3, 0>, strata::core::needs<1, 1>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<1, 4, 5>, strata::crop<0, 0, 3, 0>> {};
#else
    strata::image<1, 4, 5>, strata::crop<0, 0, 3, 1>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 3, 1));
