// An image with its channels last.
// expect: strata: the input, image<224, 224, 3>, has its channels last. Did you mean image<3, 224, 224>? (If this is intended, add as_written.)
// expect-types: network_mistake<strata::core::the_input, net, strata::core::mistake_kind::channels_stand_last, strata::core::got<224, 224, 3>, strata::core::needs<3, 224, 224>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<224, 224, 3>,
#else
    strata::image<3, 224, 224>,
#endif
    strata::max_pool<2>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(3, 112, 112));
