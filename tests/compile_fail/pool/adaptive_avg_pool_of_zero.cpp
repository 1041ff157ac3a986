// adaptive_avg_pool to no row.
// expect: strata: layer 1 of 1, adaptive_avg_pool<0, 2>: a result of 0x2 is not possible. Use at least 1.
// expect-types: strata::core::mistake_kind::size_is_not_positive, strata::core::got<0, 2>, strata::core::needs<1, 1>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<2, 4, 4>, strata::adaptive_avg_pool<0, 2>> {};
#else
    strata::image<2, 4, 4>, strata::adaptive_avg_pool<1, 2>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2, 1, 2));
