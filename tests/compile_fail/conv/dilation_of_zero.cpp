// A dilation of zero.
// expect: strata: layer 1 of 1, conv<8, 3, dilation<0>>: dilation<0> is out of range. Sizes must be at least 1, padding at least 0.
// expect-types: strata::dilation<0>>, strata::core::mistake_kind::size_is_not_positive, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
#ifdef STRATA_BROKEN
    strata::conv<8, 3, strata::dilation<0>>> {};
#else
    strata::conv<8, 3, strata::dilation<2>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 24, 24));
