// A layer of one's own that passes on a shape whose axes may be anything.
// expect: strata: layer 1 of 2, halves: gives [2, 8], which may be anything. Say what its axes are: shape::signal(channels, times), shape::sequence(positions, features), or a flat or image shape of one or three extents.
// expect-types: network_mistake<strata::core::layer<1, 2>, halves, strata::core::mistake_kind::shape_has_no_role, strata::core::got<2, 8>
#include <strata/strata.hpp>

// [snippet]
struct halves {
    static constexpr const char* name = "halves";
    static constexpr strata::value build(strata::graph& g, strata::value x) {
#ifdef STRATA_BROKEN
        return strata::operations::reshape::append(g, x, strata::shape(2, 8));
#else
        return strata::operations::reshape::append(g, x, strata::shape::sequence(2, 8));
#endif
    }
};
struct net : strata::network<strata::features<16>, halves, strata::softmax> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::sequence(2, 8));
