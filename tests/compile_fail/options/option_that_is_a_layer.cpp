// A layer in the place of an option.
// expect: strata: layer 1 of 2, conv<8, 3, relu>: relu is not an option. This layer takes same, padding<P>, stride<S>, dilation<D>, groups<G>, no_bias, initial<D>, initial_bias<D>.
// expect-types: network_mistake<strata::core::layer<1, 2>, strata::conv<8,
// expect-types: strata::elementwise<strata::relu_function>>, strata::core::mistake_kind::option_is_unknown, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
#ifdef STRATA_BROKEN
    strata::conv<8, 3, strata::relu>,
#else
    strata::conv<8, 3>, strata::relu,
#endif
    strata::max_pool<2>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 13, 13));
