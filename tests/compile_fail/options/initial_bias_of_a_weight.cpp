// A bias that starts as a weight.
// expect: strata: layer 1 of 1, dense<10, initial_bias<kaiming_normal>>: initial_bias<kaiming_normal> needs a weight: a bias has no fan in, and no rows. Use constant_value<V>, random_normal<Std>, truncated_normal<Std> or random_uniform<Bound>.
// expect-types: strata::core::mistake_kind::rule_of_the_layer
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<64>,
#ifdef STRATA_BROKEN
    strata::dense<10, strata::initial_bias<strata::kaiming_normal>>> {};
#else
    strata::dense<10, strata::initial_bias<strata::constant_value<0>>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
