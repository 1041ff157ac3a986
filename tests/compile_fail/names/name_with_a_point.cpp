// A name that reads as a path in files.
// expect: strata: layer 1 of 2, named<"a.b", dense<3>>: the name "a.b" is not possible in files, which use numbers for unnamed layers and dots between names. Choose a name that is not empty, not a number, and without a dot.
// expect-types: network_mistake<strata::core::layer<1, 2>, strata::named<
// expect-types: strata::dense<3>>, strata::core::mistake_kind::name_is_not_possible, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>,
#ifdef STRATA_BROKEN
    strata::named<"a.b", strata::dense<3>>,
#else
    strata::named<"a_b", strata::dense<3>>,
#endif
    strata::named<"a", strata::named<"b", strata::dense<2>>>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2));
