// A table with fewer rows than there are tokens.
// expect: strata: layer 1 of 1, embedding<1000, 64>: has a table of 1000 rows, but its input has 8000 different tokens. Use embedding<8000, 64>.
// expect-types: strata::core::mistake_kind::shapes_differ, strata::core::got<8000>, strata::core::needs<1000>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::tokens<20, 8000>,
#ifdef STRATA_BROKEN
    strata::embedding<1000, 64>> {};
#else
    strata::embedding<8000, 64>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::sequence(20, 64));
