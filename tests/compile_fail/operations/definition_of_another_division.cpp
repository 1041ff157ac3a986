// An operation divided by samples, whose definition counts its items by rows.
// expect: strata: a definition counts its items by what its operation is not divided into. Divided by samples, it counts by unit::sample or unit::chunk; by rows, by unit::row; whole, not by unit::chunk.
// expect-types: strata: a definition counts its items by what its operation is not divided into. Divided by samples, it counts by unit::sample or unit::chunk; by rows, by unit::row; whole, not by unit::chunk.
#include <strata/strata.hpp>

#include <vector>

namespace strata::inline STRATA_ABI::operations {
struct twice {
    static constexpr const char* name = "twice";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.x.size(); }
    static constexpr value append(graph& g, value x) {
        key k;
        k.x = k.y = g.extents(x);
        return g.apply<twice>(k, {x}, k.y);
    }
};
// [snippet]
template <key K, class F>
struct definition<twice::kind, K, F> { // of an operation with division::samples
    static constexpr long long items = K.y.size();
    static constexpr bool runs_on_cpu = true;
#ifdef STRATA_BROKEN
    static constexpr unit per = unit::row;
#else
    static constexpr unit per = unit::sample;
#endif
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) { c.at[1][i] = 2 * c.at[0][i]; }
};
// [/snippet]
} // namespace strata::inline STRATA_ABI::operations

struct twice {
    static constexpr strata::value build(strata::graph& g, strata::value x) { return strata::operations::twice::append(g, x); }
    static constexpr void spell(strata::text& t) { t.add("twice"); }
};
struct net : strata::network<strata::features<3>, twice, strata::dense<2>> {};

std::vector<float> use(const std::vector<float>& samples) {
    const strata::model<net> model;
    return model(samples);
}
