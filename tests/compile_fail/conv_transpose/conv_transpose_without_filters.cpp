// conv_transpose with no filter.
// expect: strata: layer 1 of 1, conv_transpose<0, 2>: 0 filters are not possible. Use at least 1.
// expect-types: strata::core::mistake_kind::size_is_not_positive, strata::core::got<0>, strata::core::needs<1>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<2, 3, 3>, strata::conv_transpose<0, 2>> {};
#else
    strata::image<2, 3, 3>, strata::conv_transpose<1, 2>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 4, 4));
