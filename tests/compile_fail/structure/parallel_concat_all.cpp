// Parallel branches of different height and width, joined.
// expect: strata: layer 1 of 2, parallel<concat_all, conv<8, 3, same>, conv<4, 1>, max_pool<2>>: [12, 28, 28] cannot be joined with [1, 14, 14] of branch 3: height and width differ. Upsample, pool or pad one of them until they agree.
// expect-types: network_mistake<strata::core::layer<1, 2>, strata::parallel<strata::concat_all,
// expect-types: strata::core::mistake_kind::shapes_differ, strata::core::got<12, 28, 28>, strata::core::needs<1, 14, 14>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
    strata::parallel<strata::concat_all,
        strata::conv<8, 3, strata::same>,
        strata::conv<4, 1>,
#ifdef STRATA_BROKEN
        strata::max_pool<2>>,
#else
        strata::max_pool<3, strata::same, strata::stride<1>>>,
#endif
    strata::relu> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(13, 28, 28));
