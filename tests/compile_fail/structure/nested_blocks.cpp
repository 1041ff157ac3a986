// A mistake deep inside nested blocks.
// expect: strata: layer 3 of 4, sublayer 1 of 2, sublayer 1 of 2, sublayer 3 of 4, conv<16, 3, same, groups<3>>: 16 channels and 16 filters cannot be divided into 3 groups. Use a number of groups that divides both.
// expect-types: network_mistake<strata::core::nested<strata::core::layer<3, 4>, strata::core::layer<1, 2>, strata::core::layer<1, 2>, strata::core::layer<3, 4>>, strata::conv<16,
// expect-types: strata::core::mistake_kind::channels_not_divisible_by_groups, strata::core::got<16, 32, 32>, strata::core::needs<3>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
template <class... Options>
using body = strata::sequence<
    strata::conv<16, 3, strata::same>, strata::relu,
    strata::conv<16, 3, strata::same, Options...>, strata::batch_norm>;

struct net : strata::network<
    strata::image<3, 32, 32>,
    strata::conv<16, 3, strata::same>, strata::relu,
#ifdef STRATA_BROKEN
    strata::repeat<2, strata::residual<body<strata::groups<3>>>>,
#else
    strata::repeat<2, strata::residual<body<strata::groups<4>>>>,
#endif
    strata::relu> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(16, 32, 32));
