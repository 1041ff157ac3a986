// A stream of a layer whose window has as many times as the input.
// expect: strata: in a stream the window of the operation avg_pool would be another one than in the model: it depends on the number of positions. Leave its layer out.
// expect-types: network_mistake<strata::core::the_input, filter, strata::core::mistake_kind::layer_cannot_stream, strata::core::got<4, 1>, strata::core::needs<>>
#include <strata/inference.hpp>

// [snippet]
struct mean_of_times {
    static constexpr strata::value build(strata::graph& g, strata::value x) {
        const strata::shape in = g.extents(x);
#ifdef STRATA_BROKEN
        const int times = in.positions();
#else
        const int times = 1;
#endif
        const strata::core::window w{.kernel_w = times, .stride_w = times};
        const auto one = strata::shape::signal(in.channels(), in.positions() / times);
        return strata::operations::avg_pool::append(g, x, w, one);
    }
    static constexpr void spell(strata::text& t) { t.add("mean_of_times"); }
};
struct filter : strata::network<strata::time_series<4, 64>, mean_of_times> {};

void start(const strata::model<filter>& net) {
    (void)net.stream();
}
// [/snippet]
