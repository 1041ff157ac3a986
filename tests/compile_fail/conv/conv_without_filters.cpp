// A convolution without filters.
// expect: strata: layer 1 of 2, conv<0, 3>: 0 filters are not possible. Use at least 1.
// expect-types: network_mistake<strata::core::layer<1, 2>, strata::conv<0,
// expect-types: strata::core::mistake_kind::size_is_not_positive, strata::core::got<0>, strata::core::needs<1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
#ifdef STRATA_BROKEN
    strata::conv<0, 3>,
#else
    strata::conv<8, 3>,
#endif
    strata::relu> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8, 26, 26));
