// Options that round the output size in two ways.
// expect: strata: layer 1 of 1, max_pool<3, same, ceil_mode>: same and ceil_mode both set how the output size is rounded. Keep one of them.
// expect-types: strata::same, strata::ceil_mode>, strata::core::mistake_kind::options_conflict, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
#ifdef STRATA_BROKEN
    strata::max_pool<3, strata::same, strata::ceil_mode>> {};
#else
    strata::max_pool<3, strata::ceil_mode>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 10, 10));
