// A reflection of more times than there are.
// expect: strata: layer 1 of 2, pad1d<0, 3, reflect>: reflects at the border, which is not repeated, so its 3 times must be more than the padding at each end. Use less padding, or replicate.
// expect-types: strata::core::mistake_kind::padding_larger_than_its_input, strata::core::got<1, 3>, strata::core::needs<>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::time_series<1, 3>, strata::pad1d<0, 3, strata::reflect>, strata::flatten> {};
#else
    strata::time_series<1, 3>, strata::pad1d<0, 2, strata::reflect>, strata::flatten> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(5));
