// crop of more than there is.
// expect: strata: layer 1 of 1, crop<1, 2, 3, 4>: takes 3x4 from row 1 and column 2 on, which is not all inside its 4x5 input. Take a part that is inside.
// expect-types: strata::core::mistake_kind::part_is_outside_its_input, strata::core::got<1, 4, 5>, strata::core::needs<1, 3, 4>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<1, 4, 5>, strata::crop<1, 2, 3, 4>> {};
#else
    strata::image<1, 4, 5>, strata::crop<1, 1, 3, 4>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 3, 4));
