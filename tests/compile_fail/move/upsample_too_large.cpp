// upsample to more numbers than an int can count.
// expect: strata: layer 1 of 1, upsample<32768>: makes its 2x2 input 65536x65536 (1 channel), more numbers than an int can count (2147483647). Make it smaller.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::upsample<32768>, strata::core::mistake_kind::size_is_too_large, strata::core::got<1, 2, 2>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<1, 2, 2>, strata::upsample<32768>> {};
#else
    strata::image<1, 2, 2>, strata::upsample<16384>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 32768, 32768));
