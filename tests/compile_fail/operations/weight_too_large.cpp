// A weight with more numbers than an int can count.
// expect: strata: layer 2 of 2, dense<65536>: has a parameter of [65536, 65536], more numbers than an int can count (2147483647). Make it smaller.
// expect-types: network_mistake<strata::core::layer<2, 2>, strata::dense<65536>, strata::core::mistake_kind::size_is_too_large, strata::core::got<65536, 65536>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 256, 256>, strata::flatten,
#ifdef STRATA_BROKEN
    strata::dense<65536>> {};
#else
    strata::dense<10>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
