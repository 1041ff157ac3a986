// An input of no tokens.
// expect: strata: the input, tokens<0, 100>, has a size that is not positive. Use at least one position and one token.
// expect-types: strata::core::mistake_kind::size_is_not_positive, strata::core::got<0>, strata::core::needs<1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::tokens<0, 100>,
#else
    strata::tokens<1, 100>,
#endif
    strata::embedding<100, 8>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::sequence(1, 8));
