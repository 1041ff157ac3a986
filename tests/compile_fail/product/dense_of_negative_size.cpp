// A dense layer with a negative number of units.
// expect: strata: layer 1 of 2, dense<-1>: -1 units are not possible. Use at least 1.
// expect-types: network_mistake<strata::core::layer<1, 2>, strata::dense<-1>, strata::core::mistake_kind::size_is_not_positive, strata::core::got<-1>, strata::core::needs<1>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<784>,
#ifdef STRATA_BROKEN
    strata::dense<-1>,
#else
    strata::dense<10>,
#endif
    strata::relu> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
