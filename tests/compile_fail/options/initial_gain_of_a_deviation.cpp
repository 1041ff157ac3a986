// A gain of a distribution that has its own deviation.
// expect: strata: layer 1 of 1, dense<10, initial<random_normal<0.5>, with_gain<2>>>: initial<random_normal<0.5>, with_gain<2>> has with_gain, but its distribution has a number of its own. Change that one.
// expect-types: strata::core::mistake_kind::rule_of_the_layer
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<64>,
#ifdef STRATA_BROKEN
    strata::dense<10, strata::initial<strata::random_normal<0.5>, strata::with_gain<2>>>> {};
#else
    strata::dense<10, strata::initial<strata::xavier_normal, strata::with_gain<2>>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
