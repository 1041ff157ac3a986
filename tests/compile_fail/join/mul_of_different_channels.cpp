// A value per channel, of other channels.
// expect: strata: layer 6 of 6, mul<"x">: [16] cannot be multiplied by [32, 8, 8], the value tagged "x". Give both the same shape, or one of them a single number for each of the other's channels: global_avg_pool and dense.
// expect-types: strata::core::mistake_kind::shapes_differ
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<3, 8, 8>,
    strata::conv<32, 3, strata::same>, strata::tag<"x">, strata::global_avg_pool,
#ifdef STRATA_BROKEN
    strata::dense<16>,
#else
    strata::dense<32>,
#endif
    strata::sigmoid, strata::mul<"x">> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(32, 8, 8));
