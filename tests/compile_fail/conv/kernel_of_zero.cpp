// A window without extent.
// expect: strata: layer 1 of 1, avg_pool<0>: a 0x0 kernel is not possible. Use at least 1.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::avg_pool<
// expect-types: strata::core::mistake_kind::size_is_not_positive, strata::core::got<0, 0>, strata::core::needs<1, 1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
#ifdef STRATA_BROKEN
    strata::avg_pool<0>> {};
#else
    strata::avg_pool<2>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 14, 14));
