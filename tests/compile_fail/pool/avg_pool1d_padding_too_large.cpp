// Padding of which a window could consist.
// expect: strata: layer 1 of 1, avg_pool1d<2, padding<2>>: padding of 2 is more than half of its kernel of 2, so a window could contain only padding. Use less padding.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::avg_pool1d<2, strata::padding<2
// expect-types: strata::core::mistake_kind::padding_larger_than_half_its_kernel, strata::core::got<2>, strata::core::needs<1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::time_series<6, 8>,
#ifdef STRATA_BROKEN
    strata::avg_pool1d<2, strata::padding<2>>> {};
#else
    strata::avg_pool1d<2, strata::padding<1>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::signal(6, 5));
