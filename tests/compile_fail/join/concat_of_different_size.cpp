// Joining images of different height and width.
// expect: strata: layer 4 of 4, concat<"early">: [8, 16, 16] cannot be joined with [3, 32, 32] of "early": height and width differ. Upsample, pool or pad one of them until they agree.
// expect-types: network_mistake<strata::core::layer<4, 4>, strata::concat<
// expect-types: strata::core::mistake_kind::shapes_differ, strata::core::got<8, 16, 16>, strata::core::needs<3, 32, 32>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<3, 32, 32>,
    strata::tag<"early">,
#ifdef STRATA_BROKEN
    strata::conv<8, 3, strata::same>, strata::max_pool<2>,
#else
    strata::conv<8, 3, strata::same>, strata::relu,
#endif
    strata::concat<"early">> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(11, 32, 32));
