// A fan out of a distribution that has no fan.
// expect: strata: layer 1 of 1, dense<10, initial<orthogonal, by_fan_out>>: initial<orthogonal, by_fan_out> has by_fan_out, but its distribution has no fan in that could be replaced. Only the kaiming and lecun distributions have.
// expect-types: strata::core::mistake_kind::rule_of_the_layer
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<64>,
#ifdef STRATA_BROKEN
    strata::dense<10, strata::initial<strata::orthogonal, strata::by_fan_out>>> {};
#else
    strata::dense<10, strata::initial<strata::kaiming_normal, strata::by_fan_out>>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
