// An option that the layer does not take.
// expect: strata: layer 1 of 2, dense<10, stride<2>>: stride<2> is not an option of this layer. It takes no_bias, initial<D>, initial_bias<D>.
// expect-types: network_mistake<strata::core::layer<1, 2>, strata::dense<10, strata::stride<2>>, strata::core::mistake_kind::option_is_unknown, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<784>,
#ifdef STRATA_BROKEN
    strata::dense<10, strata::stride<2>>,
#else
    strata::dense<10, strata::no_bias>,
#endif
    strata::relu> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
