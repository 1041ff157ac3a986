// A stochastic depth that leaves out every sample.
// expect: strata: layer 1 of 1, sublayer 1 of 2, sublayer 2 of 2, stochastic_depth<1>: a rate of 1 is not possible. Use a rate of at least 0 and less than 1, such as stochastic_depth<0.5>.
// expect-types: strata::core::mistake_kind::rate_is_out_of_range
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<8, 6, 6>,
#ifdef STRATA_BROKEN
    strata::residual<strata::sequence<strata::conv<8, 3, strata::same>, strata::stochastic_depth<1>>>> {};
#else
    strata::residual<strata::sequence<strata::conv<8, 3, strata::same>, strata::stochastic_depth<0.2>>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 6, 6));
