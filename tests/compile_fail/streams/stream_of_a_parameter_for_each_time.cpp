// A stream of a layer that has a parameter for each time.
// expect: strata: in a stream the parameter "0.weight" would be [1], but in the model it is [64]: its size depends on the number of positions. Leave its layer out.
// expect-types: network_mistake<strata::core::the_input, filter, strata::core::mistake_kind::layer_cannot_stream, strata::core::got<1>, strata::core::needs<64>>
#include <strata/inference.hpp>

// [snippet]
struct with_a_weight {
    static constexpr strata::value build(strata::graph& g, strata::value x) {
#ifdef STRATA_BROKEN
        g.parameter("weight", strata::shape(g.extents(x).positions()), strata::init::one);
#else
        g.parameter("weight", strata::shape(g.extents(x).channels()), strata::init::one);
#endif
        return x;
    }
    static constexpr void spell(strata::text& t) { t.add("with_a_weight"); }
};
struct filter : strata::network<strata::time_series<2, 64>, with_a_weight> {};

void start(const strata::model<filter>& net) {
    (void)net.stream();
}
// [/snippet]
