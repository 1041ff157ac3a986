// A reflection of more than there is.
// expect: strata: layer 1 of 1, pad<3, reflect>: reflects at the border, which is not repeated, so its 3x5 input must be larger than the padding at each side. Use less padding, or replicate.
// expect-types: strata::core::mistake_kind::padding_larger_than_its_input, strata::core::got<1, 3, 5>, strata::core::needs<>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<1, 3, 5>, strata::pad<3, strata::reflect>> {};
#else
    strata::image<1, 3, 5>, strata::pad<2, strata::reflect>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 7, 9));
