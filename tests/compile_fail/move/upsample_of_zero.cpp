// An image zero times as large.
// expect: strata: layer 1 of 1, upsample<0>: an image 0x0 times as large is not possible. Give at least 1.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::upsample<0>, strata::core::mistake_kind::size_is_not_positive, strata::core::got<0, 0>, strata::core::needs<1, 1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<2, 2, 2>, strata::upsample<0>> {};
#else
    strata::image<2, 2, 2>, strata::upsample<1>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2, 2, 2));
