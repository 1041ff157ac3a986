// A momentum above 1, as if it were a percentage.
// expect: strata: layer 2 of 3, batch_norm_with<momentum<10>>: a momentum of 10 is not possible: it is the weight of each batch in the running statistics. Use a fraction between 0 and 1, such as momentum<0.01>.
// expect-types: network_mistake<strata::core::layer<2, 3>, strata::batch_norm_with<strata::momentum<
// expect-types: strata::core::mistake_kind::rate_is_out_of_range
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<64>,
    strata::dense<32>,
#ifdef STRATA_BROKEN
    strata::batch_norm_with<strata::momentum<10>>,
#else
    strata::batch_norm_with<strata::momentum<0.1>>,
#endif
    strata::relu> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(32));
