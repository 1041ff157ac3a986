// conv_transpose whose padding leaves nothing.
// expect: strata: layer 1 of 1, conv_transpose<6, 4, padding<2>>: takes 2x2 away at each side, which leaves nothing of its output. Use less padding.
// expect-types: strata::core::mistake_kind::padding_larger_than_its_output, strata::core::got<4, 1, 1>, strata::core::needs<>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<4, 1, 1>, strata::conv_transpose<6, 4, strata::padding<2>>> {};
#else
    strata::image<4, 1, 1>, strata::conv_transpose<6, 4, strata::padding<1>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(6, 2, 2));
