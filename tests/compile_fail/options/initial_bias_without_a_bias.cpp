// The start of a bias that is not there.
// expect: strata: layer 1 of 1, dense<10, no_bias, initial_bias<constant_value<0>>>: no_bias leaves no bias for initial_bias<D>. Keep one of them.
// expect-types: strata::core::mistake_kind::options_conflict
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<64>,
#ifdef STRATA_BROKEN
    strata::dense<10, strata::no_bias, strata::initial_bias<strata::constant_value<0>>>> {};
#else
    strata::dense<10, strata::initial_bias<strata::constant_value<0>>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
