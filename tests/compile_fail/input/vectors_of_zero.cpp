// Vectors of no features.
// expect: strata: the input, vectors<12, 0>, has a size that is not positive. Use at least one position and one feature.
// expect-types: network_mistake<strata::core::the_input, net, strata::core::mistake_kind::size_is_not_positive, strata::core::got<12, 0>, strata::core::needs<1, 1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
#ifdef STRATA_BROKEN
struct net : strata::network<strata::vectors<12, 0>, strata::dense<8>> {};
#else
struct net : strata::network<strata::vectors<12, 4>, strata::dense<8>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::sequence(12, 8));
