// A residual block whose layers stand beside each other instead of in one body.
// expect: strata: layer 2 of 3, residual<conv<16, 3, same>, batch_norm, relu>: residual<Body, Shortcut> takes one body, but was given 3 layers. Put several layers into a sequence: residual<sequence<...>>.
// expect-types: network_mistake<strata::core::layer<2, 3>, strata::residual<strata::conv<16,
// expect-types: mistake_kind::rule_of_the_layer, strata::core::got<3>, strata::core::needs<2>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<3, 32, 32>,
    strata::conv<16, 3, strata::same>,
#ifdef STRATA_BROKEN
    strata::residual<strata::conv<16, 3, strata::same>, strata::batch_norm, strata::relu>,
#else
    strata::residual<strata::sequence<strata::conv<16, 3, strata::same>, strata::batch_norm, strata::relu>>,
#endif
    strata::relu> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(16, 32, 32));
