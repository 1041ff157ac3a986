// Parallel branches of different shapes, added.
// expect: strata: layer 1 of 2, parallel<add_all, conv<8, 3, same>, conv<8, 5>>: [8, 28, 28] cannot be added to [8, 24, 24] of branch 2. Give both the same channels, height and width.
// expect-types: network_mistake<strata::core::layer<1, 2>, strata::parallel<strata::add_all,
// expect-types: strata::core::mistake_kind::shapes_differ, strata::core::got<8, 28, 28>, strata::core::needs<8, 24, 24>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
#ifdef STRATA_BROKEN
    strata::parallel<strata::add_all, strata::conv<8, 3, strata::same>, strata::conv<8, 5>>,
#else
    strata::parallel<strata::add_all, strata::conv<8, 3, strata::same>, strata::conv<8, 5, strata::same>>,
#endif
    strata::relu> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 28, 28));
