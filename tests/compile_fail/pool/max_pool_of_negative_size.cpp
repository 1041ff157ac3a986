// Pooling with a window of negative size.
// expect: strata: layer 1 of 1, max_pool<-1>: a -1x-1 kernel is not possible. Use at least 1.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::max_pool<
// expect-types: strata::core::mistake_kind::size_is_not_positive, strata::core::got<-1, -1>, strata::core::needs<1, 1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
#ifdef STRATA_BROKEN
    strata::max_pool<-1>> {};
#else
    strata::max_pool<2>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 14, 14));
