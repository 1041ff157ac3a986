// Vectors of no numbers.
// expect: strata: layer 1 of 1, embedding<100, 0>: a table of 100 rows of 0 numbers is not possible. Use at least 1 of each.
// expect-types: strata::core::mistake_kind::size_is_not_positive, strata::core::got<100, 0>, strata::core::needs<1, 1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::tokens<20, 100>,
#ifdef STRATA_BROKEN
    strata::embedding<100, 0>> {};
#else
    strata::embedding<100, 1>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::sequence(20, 1));
