// An image with more numbers than an int can count.
// expect: strata: the input has [1, 65536, 65536], more numbers than an int can count (2147483647). Make it smaller.
// expect-types: network_mistake<strata::core::the_input, net, strata::core::mistake_kind::size_is_too_large, strata::core::got<1, 65536, 65536>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<1, 65536, 65536>,
#else
    strata::image<1, 32768, 65535>,
#endif
    strata::flatten> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2'147'450'880));
