// Options that contradict each other.
// expect: strata: layer 1 of 1, max_pool<3, same, padding<1>>: same and padding<P> both set the padding. Keep one of them.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::max_pool<
// expect-types: strata::same, strata::padding<1>>, strata::core::mistake_kind::options_conflict, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
#ifdef STRATA_BROKEN
    strata::max_pool<3, strata::same, strata::padding<1>>> {};
#else
    strata::max_pool<3, strata::same>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 10, 10));
