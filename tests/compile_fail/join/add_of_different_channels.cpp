// Adding values of different channels.
// expect: strata: layer 3 of 3, add<"start">: [8, 32, 32] cannot be added to [3, 32, 32] of "start". Give both the same channels, height and width.
// expect-types: network_mistake<strata::core::layer<3, 3>, strata::add<
// expect-types: strata::core::mistake_kind::shapes_differ, strata::core::got<8, 32, 32>, strata::core::needs<3, 32, 32>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<3, 32, 32>,
    strata::tag<"start">,
#ifdef STRATA_BROKEN
    strata::conv<8, 3, strata::same>,
#else
    strata::conv<3, 3, strata::same>,
#endif
    strata::add<"start">> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(3, 32, 32));
