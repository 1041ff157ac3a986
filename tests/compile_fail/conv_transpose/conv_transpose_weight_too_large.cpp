// conv_transpose with a weight of more numbers than an int can count.
// expect: strata: layer 1 of 1, conv_transpose<1, 50000, padding<24999>>: has a parameter of [1, 1, 50000, 50000], more numbers than an int can count (2147483647). Make it smaller.
// expect-types: strata::core::mistake_kind::size_is_too_large, strata::core::got<1, 1, 50000, 50000>, strata::core::needs<>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<1, 1, 1>, strata::conv_transpose<1, 50000, strata::padding<24999>>> {};
#else
    strata::image<1, 1, 1>, strata::conv_transpose<1, 500, strata::padding<249>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 2, 2));
