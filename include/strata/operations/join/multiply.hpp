#pragma once
/// multiply — y = x · w, element by element, of equal shapes.
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x, w → y
struct multiply {
    static constexpr const char* name = "multiply";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.count_only = true};
    static constexpr long long flops(const key& k) { return k.x.size(); }

    static constexpr value append(graph& g, value x, value w) {
        key k;
        k.x = k.w = k.y = g.extents(x);
        return g.apply<multiply>(k, {x, w}, k.y);
    }
    /// dx = dy · w, dw = dy · x
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value x = o.in[0], w = o.in[1], dy = d.of(o.out[0]);
        if (d.wanted(x)) d.contribute(x, append(g, dy, w));
        if (d.wanted(w)) d.contribute(w, append(g, dy, x));
    }
};

template <key K, class F>
struct definition<multiply::kind, K, F> {
    static constexpr long long items = K.x.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        c.at[2][i] = T(Accumulator(c.at[0][i]) * Accumulator(c.at[1][i]));
    }
};

} // namespace strata::inline STRATA_ABI::operations
