// conv_transpose whose output's size is set twice.
// expect: strata: layer 1 of 1, conv_transpose<6, 3, stride<2>, same, output_padding<1>>: same and output_padding<P> both set the output's size. Keep one of them.
// expect-types: strata::core::mistake_kind::options_conflict, strata::core::got<>, strata::core::needs<>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<4, 3, 3>, strata::conv_transpose<6, 3, strata::stride<2>, strata::same,
    strata::output_padding<1>>> {};
#else
    strata::image<4, 3, 3>, strata::conv_transpose<6, 3, strata::stride<2>, strata::same>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(6, 6, 6));
