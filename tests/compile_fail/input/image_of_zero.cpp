// An image without channels.
// expect: strata: the input, image<0, 28, 28>, has a size that is not positive. Use channels, height and width of at least 1.
// expect-types: network_mistake<strata::core::the_input, net, strata::core::mistake_kind::size_is_not_positive, strata::core::got<0, 28, 28>, strata::core::needs<1, 1, 1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<0, 28, 28>,
#else
    strata::image<1, 28, 28>,
#endif
    strata::flatten> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(784));
