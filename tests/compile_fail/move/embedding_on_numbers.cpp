// A table of vectors for numbers that are no tokens.
// expect: strata: layer 1 of 2, embedding<1000, 64>: needs tokens, but its input is [20]. Begin with tokens<T, 1000>, or use dense<64> on numbers.
// expect-types: network_mistake<strata::core::layer<1, 2>, strata::embedding<1000, 64>, strata::core::mistake_kind::input_is_not_tokens, strata::core::got<20>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::features<20>,
#else
    strata::tokens<20, 1000>,
#endif
    strata::embedding<1000, 64>, strata::dense<2>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::sequence(20, 2));
