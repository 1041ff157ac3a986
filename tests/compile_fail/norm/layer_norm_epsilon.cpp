// An epsilon that is zero as a float.
// expect: strata: layer 1 of 1, rms_norm_with<epsilon<0>>: an epsilon of 0 is not possible: it must be above 0 to prevent a division by zero. Use a small number, such as epsilon<1e-6>.
// expect-types: strata::core::mistake_kind::rate_is_out_of_range
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::vectors<4, 16>,
#ifdef STRATA_BROKEN
    strata::rms_norm_with<strata::epsilon<0>>> {};
#else
    strata::rms_norm_with<strata::epsilon<1e-6>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::sequence(4, 16));
