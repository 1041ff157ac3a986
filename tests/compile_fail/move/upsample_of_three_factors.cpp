// upsample with more factors than an image has axes.
// expect: strata: layer 1 of 1, upsample<2, 4>: takes one factor or two, and behind them bilinear. Write upsample<2>, upsample<2, 3> or upsample<2, bilinear>.
// expect-types: strata::core::mistake_kind::options_conflict, strata::core::got<>, strata::core::needs<>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<2, 2, 2>, strata::upsample<2, 3, 4>> {};
#else
    strata::image<2, 2, 2>, strata::upsample<2, 3, strata::bilinear>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2, 4, 6));
