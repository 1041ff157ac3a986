// pad with both of its options.
// expect: strata: layer 1 of 1, pad<1, reflect, replicate>: reflect and replicate both say what is outside the input. Keep one of them.
// expect-types: strata::core::mistake_kind::options_conflict, strata::core::got<>, strata::core::needs<>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<1, 3, 5>, strata::pad<1, strata::reflect, strata::replicate>> {};
#else
    strata::image<1, 3, 5>, strata::pad<1, strata::replicate>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 5, 7));
