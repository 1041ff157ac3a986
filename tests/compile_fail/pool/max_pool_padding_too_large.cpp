// Pooling with windows that contain only padding.
// expect: strata: layer 1 of 1, max_pool<2, padding<2>>: padding of 2x2 is more than half of its 2x2 kernel, so a window could contain only padding. Use less padding.
// expect-types: strata::padding<2>>, strata::core::mistake_kind::padding_larger_than_half_its_kernel, strata::core::got<2, 2>, strata::core::needs<1, 1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<3, 8, 8>,
#ifdef STRATA_BROKEN
    strata::max_pool<2, strata::padding<2>>> {};
#else
    strata::max_pool<2, strata::padding<1>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(3, 5, 5));
