// A convolution along time that gives nothing.
// expect: strata: layer 1 of 1, conv1d<0, 3>: 0 filters are not possible. Use at least 1.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::conv1d<0, 3>, strata::core::mistake_kind::size_is_not_positive, strata::core::got<0>, strata::core::needs<1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::time_series<6, 20>,
#ifdef STRATA_BROKEN
    strata::conv1d<0, 3>> {};
#else
    strata::conv1d<1, 3>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::signal(1, 18));
