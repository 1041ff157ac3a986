// A name that reads as a position in files.
// expect: strata: layer 2 of 2, named<"0", dense<2>>: the name "0" is not possible in files, which use numbers for unnamed layers and dots between names. Choose a name that is not empty, not a number, and without a dot.
// expect-types: network_mistake<strata::core::layer<2, 2>, strata::named<
// expect-types: strata::dense<2>>, strata::core::mistake_kind::name_is_not_possible, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>,
    strata::dense<3>,
#ifdef STRATA_BROKEN
    strata::named<"0", strata::dense<2>>> {};
#else
    strata::named<"head", strata::dense<2>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2));
