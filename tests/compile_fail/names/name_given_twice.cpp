// Two layers with the same name.
// expect: strata: layer 3 of 3, named<"layer", dense<2>>: the name "layer" is already used by a layer beside it, but files identify layers by name. Choose another name.
// expect-types: network_mistake<strata::core::layer<3, 3>, strata::named<
// expect-types: strata::dense<2>>, strata::core::mistake_kind::name_is_tagged_twice, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>,
    strata::named<"layer", strata::dense<3>>,
    strata::relu,
#ifdef STRATA_BROKEN
    strata::named<"layer", strata::dense<2>>> {};
#else
    strata::named<"head", strata::dense<2>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2));
