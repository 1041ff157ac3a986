// Weights of no deviation.
// expect: strata: layer 1 of 1, dense<10, initial<random_normal<0>>>: initial<random_normal<0>> is out of range. Use a number above 0.
// expect-types: strata::core::mistake_kind::rule_of_the_layer
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<64>,
#ifdef STRATA_BROKEN
    strata::dense<10, strata::initial<strata::random_normal<0>>>> {};
#else
    strata::dense<10, strata::initial<strata::random_normal<0.02>>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
