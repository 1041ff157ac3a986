// A stride of zero.
// expect: strata: layer 1 of 1, conv<8, 3, stride<0>>: stride<0> is out of range. Sizes must be at least 1, padding at least 0.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::conv<8,
// expect-types: strata::stride<0>>, strata::core::mistake_kind::size_is_not_positive, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
#ifdef STRATA_BROKEN
    strata::conv<8, 3, strata::stride<0>>> {};
#else
    strata::conv<8, 3, strata::stride<1>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 26, 26));
