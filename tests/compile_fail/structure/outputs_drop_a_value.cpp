// Outputs without what the last layer gives.
// expect: strata: layer 5 of 5, outputs<"x", "y">: drops what the layers before it give, [2], which no layer reads. Tag it and name it here, or remove those layers.
// expect-types: network_mistake<strata::core::layer<5, 5>, strata::outputs<
// expect-types: strata::core::mistake_kind::result_is_dropped, strata::core::got<2>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>, strata::tag<"x">,
    strata::dense<8>, strata::tag<"y">,
#ifdef STRATA_BROKEN
    strata::dense<2>, strata::outputs<"x", "y">> {};
#else
    strata::outputs<"x", "y">> {};
#endif
// [/snippet]
static_assert(strata::parameter_count<net> == 40);
