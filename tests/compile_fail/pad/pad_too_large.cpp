// pad to more numbers than an int can count.
// expect: strata: layer 1 of 1, pad<30000>: pads its 2x2 input to 60002x60002, more numbers than an int can count (2147483647). Use less padding.
// expect-types: strata::core::mistake_kind::size_is_too_large, strata::core::got<1, 2, 2>, strata::core::needs<>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<1, 2, 2>, strata::pad<30000>> {};
#else
    strata::image<1, 2, 2>, strata::pad<20000>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 40002, 40002));
