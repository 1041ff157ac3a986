// A negative padding.
// expect: strata: layer 1 of 1, conv<8, 3, padding<-1>>: padding<-1> is out of range. Sizes must be at least 1, padding at least 0.
// expect-types: strata::padding<-1>>, strata::core::mistake_kind::size_is_not_positive, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
#ifdef STRATA_BROKEN
    strata::conv<8, 3, strata::padding<-1>>> {};
#else
    strata::conv<8, 3, strata::padding<0>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 26, 26));
