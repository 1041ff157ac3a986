// A dropout rate beyond the range of long long.
// expect: strata: layer 1 of 2, dropout<100000000000000000000>: a rate of 100000000000000000000 is not possible. Use a rate of at least 0 and less than 1, such as dropout<0.5>.
// expect-types: network_mistake<strata::core::layer<1, 2>, strata::dropout<
// expect-types: strata::core::mistake_kind::rate_is_out_of_range, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>,
#ifdef STRATA_BROKEN
    strata::dropout<1e20>,
#else
    strata::dropout<0.1>,
#endif
    strata::dense<2>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2));
