// A dense layer on an image that was not flattened.
// expect: strata: layer 3 of 3, dense<10>: needs a flat input, but gets an image [6, 24, 24]. Put flatten before it.
// expect-types: network_mistake<strata::core::layer<3, 3>, strata::dense<10>, strata::core::mistake_kind::input_is_not_flat, strata::core::got<6, 24, 24>, strata::core::needs<3456>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
    strata::conv<6, 5>, strata::relu,
#ifdef STRATA_BROKEN
    strata::dense<10>> {};
#else
    strata::flatten, strata::dense<10>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
