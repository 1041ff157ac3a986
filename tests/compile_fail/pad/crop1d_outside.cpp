// crop1d of more times than there are.
// expect: strata: layer 1 of 2, crop1d<5, 4>: takes 4 times from time 5 on, which is not all inside its 8 times. Take a part that is inside.
// expect-types: strata::core::mistake_kind::part_is_outside_its_input, strata::core::got<2, 8>, strata::core::needs<2, 4>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::time_series<2, 8>, strata::crop1d<5, 4>, strata::flatten> {};
#else
    strata::time_series<2, 8>, strata::crop1d<4, 4>, strata::flatten> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8));
