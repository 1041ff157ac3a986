// Samples that are filled up with a token that there is not.
// expect: strata: the input, tokens<20, 100, ...>, is padded with a token that it does not have. Use one number below 100, such as padding<0>.
// expect-types: strata::core::mistake_kind::option_is_unknown, strata::core::got<20>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::tokens<20, 100, strata::padding<100>>,
#else
    strata::tokens<20, 100, strata::padding<99>>,
#endif
    strata::embedding<100, 8>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::sequence(20, 8));
