// conv_transpose with no kernel.
// expect: strata: layer 1 of 1, conv_transpose<1, kernel(2, 0)>: a 2x0 kernel is not possible. Use at least 1.
// expect-types: strata::core::mistake_kind::size_is_not_positive, strata::core::got<2, 0>, strata::core::needs<1, 1>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<2, 3, 3>, strata::conv_transpose<1, strata::kernel(2, 0)>> {};
#else
    strata::image<2, 3, 3>, strata::conv_transpose<1, strata::kernel(2, 1)>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 4, 3));
