// An input without features.
// expect: strata: the input, features<0>, must have a positive size. Use at least one feature.
// expect-types: network_mistake<strata::core::the_input, net, strata::core::mistake_kind::size_is_not_positive, strata::core::got<0>, strata::core::needs<1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::features<0>,
#else
    strata::features<784>,
#endif
    strata::dense<10>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
