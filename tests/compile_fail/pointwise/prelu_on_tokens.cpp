// A PReLU of integers.
// expect: strata: layer 1 of 3, prelu: needs numbers with channels, but gets tokens [8]. Put embedding before it.
// expect-types: strata::core::mistake_kind::input_is_tokens
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
#ifdef STRATA_BROKEN
struct net : strata::network<strata::tokens<8, 100>, strata::prelu, strata::embedding<100, 16>, strata::dense<4>> {};
#else
struct net : strata::network<strata::tokens<8, 100>, strata::embedding<100, 16>, strata::prelu, strata::dense<4>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::sequence(8, 4));
