// A stream of a layer whose operation works on all positions and says nothing of streams.
// expect: strata: layer 1 of 1, longest: needs all positions at once, by its operation reshape, but a stream passes on 1 per step. Use layers that are causal, or that work on each position alone.
// expect-types: network_mistake<strata::core::layer<1, 1>, longest, strata::core::mistake_kind::layer_cannot_stream, strata::core::got<2, 1>, strata::core::needs<>>
#include <strata/inference.hpp>

// [snippet]
struct longest {
    static constexpr strata::value build(strata::graph& g, strata::value x) {
#ifdef STRATA_BROKEN
        return strata::operations::reshape::append(g, x, strata::shape(g.extents(x).d0, 1, g.extents(x).d1));
#else
        return strata::relu::build(g, x);
#endif
    }
#ifndef STRATA_BROKEN
    using function = strata::relu_function;
#endif
    static constexpr void spell(strata::text& t) { t.add("longest"); }
};
struct filter : strata::network<strata::time_series<2, 64>, longest> {};

void start(const strata::model<filter>& net) {
    (void)net.stream();
}
// [/snippet]
