// A product with the numbers of words.
// expect: strata: layer 1 of 1, dense<8>: works on numbers, but gets the tokens [20]. Put embedding<Vocabulary, Features> before it.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::dense<8>, strata::core::mistake_kind::input_is_tokens, strata::core::got<20>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::tokens<20, 100>,
#ifdef STRATA_BROKEN
    strata::dense<8>> {};
#else
    strata::embedding<100, 32>, strata::dense<8>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::sequence(20, 8));
