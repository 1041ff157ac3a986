// The mean over positions of tokens, which are no numbers.
// expect: strata: layer 1 of 1, mean_over_positions: works on numbers, but gets the tokens [12]. Put embedding<Vocabulary, Features> before it.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::mean_over_positions, strata::core::mistake_kind::input_is_tokens, strata::core::got<12>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::tokens<12, 100>,
#ifndef STRATA_BROKEN
    strata::embedding<100, 8>,
#endif
    strata::mean_over_positions> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8));
