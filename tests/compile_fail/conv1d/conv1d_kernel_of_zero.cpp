// A convolution along time that looks at nothing.
// expect: strata: layer 1 of 1, conv1d<8, 0>: a kernel of 0 is not possible. Use at least 1.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::conv1d<8, 0>, strata::core::mistake_kind::size_is_not_positive, strata::core::got<0>, strata::core::needs<1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::time_series<6, 20>,
#ifdef STRATA_BROKEN
    strata::conv1d<8, 0>> {};
#else
    strata::conv1d<8, 1>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::signal(8, 20));
