// A dropout rate that rounds to 1.
// expect: strata: layer 1 of 2, dropout<0.99999999>: a rate of 0.99999999 is not possible: it rounds to 1 as a float. Use a lower rate, such as dropout<0.99>.
// expect-types: network_mistake<strata::core::layer<1, 2>, strata::dropout<
// expect-types: strata::core::mistake_kind::rate_is_out_of_range, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>,
#ifdef STRATA_BROKEN
    strata::dropout<0.99999999>,
#else
    strata::dropout<0.99>,
#endif
    strata::dense<2>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2));
