// Weights that start with a layer.
// expect: strata: layer 1 of 1, dense<10, initial<relu>>: initial<relu> names no distribution. Use one such as kaiming_normal, xavier_uniform or random_normal<0.02>; strata/layers/initial.hpp lists them.
// expect-types: strata::core::mistake_kind::rule_of_the_layer
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<64>,
#ifdef STRATA_BROKEN
    strata::dense<10, strata::initial<strata::relu>>> {};
#else
    strata::dense<10, strata::initial<strata::kaiming_normal>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
