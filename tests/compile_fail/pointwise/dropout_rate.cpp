// A dropout rate given as a percentage.
// expect: strata: layer 2 of 3, dropout<50>: a rate of 50 is not possible. Use a rate of at least 0 and less than 1, such as dropout<0.5>.
// expect-types: network_mistake<strata::core::layer<2, 3>, strata::dropout<
// expect-types: strata::core::mistake_kind::rate_is_out_of_range, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<784>,
    strata::dense<128>,
#ifdef STRATA_BROKEN
    strata::dropout<50>,
#else
    strata::dropout<0.5>,
#endif
    strata::dense<10>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
