// An epsilon of 0, which divides by zero where a channel is constant.
// expect: strata: layer 2 of 3, batch_norm_with<epsilon<0>>: an epsilon of 0 is not possible: it must be above 0 to prevent a division by zero. Use a small number, such as epsilon<1e-3>.
// expect-types: network_mistake<strata::core::layer<2, 3>, strata::batch_norm_with<strata::epsilon<
// expect-types: strata::core::mistake_kind::rate_is_out_of_range
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<64>,
    strata::dense<32>,
#ifdef STRATA_BROKEN
    strata::batch_norm_with<strata::epsilon<0>>,
#else
    strata::batch_norm_with<strata::epsilon<1e-3>>,
#endif
    strata::relu> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(32));
