// A block repeated zero times.
// expect: strata: layer 1 of 1, repeat<0, dense<8>, relu>: 0 times are not possible. Repeat at least once.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::repeat<0,
// expect-types: strata::core::mistake_kind::size_is_not_positive, strata::core::got<0>, strata::core::needs<1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>,
#ifdef STRATA_BROKEN
    strata::repeat<0, strata::dense<8>, strata::relu>> {};
#else
    strata::repeat<2, strata::dense<8>, strata::relu>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8));
