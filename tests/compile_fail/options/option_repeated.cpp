// An option given twice.
// expect: strata: layer 1 of 1, conv<8, 3, stride<2>, same, stride<1>>: stride<1> repeats an option of the same kind. Keep one of them.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::conv<8,
// expect-types: strata::stride<1>>, strata::core::mistake_kind::option_is_repeated, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
#ifdef STRATA_BROKEN
    strata::conv<8, 3, strata::stride<2>, strata::same, strata::stride<1>>> {};
#else
    strata::conv<8, 3, strata::stride<2>, strata::same>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 14, 14));
