// Two options that set the padding.
// expect: strata: layer 1 of 1, conv1d<8, 3, causal, same>: causal and same both set the padding. Keep one of them.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::conv1d<8, 3, strata::causal, strata::same>, strata::core::mistake_kind::options_conflict, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::time_series<1, 64>,
#ifdef STRATA_BROKEN
    strata::conv1d<8, 3, strata::causal, strata::same>> {};
#else
    strata::conv1d<8, 3, strata::causal>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::signal(8, 64));
