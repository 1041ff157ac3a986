// An input without channels.
// expect: strata: the input, time_series<0, 64>, has a size that is not positive. Use at least one channel and one time.
// expect-types: network_mistake<strata::core::the_input, net, strata::core::mistake_kind::size_is_not_positive, strata::core::got<0, 64>, strata::core::needs<1, 1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::time_series<0, 64>,
#else
    strata::time_series<1, 64>,
#endif
    strata::relu> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::signal(1, 64));
