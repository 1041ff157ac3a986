#pragma once
/// matmul — y = op(x) · op(w) of each sample, a product of two values: op transposes, or does not.
///   x [M, K] (or [K, M], k.transposed_x), w [K, N] (or [N, K], k.transposed_w) → y [M, N], all of them sequences
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x, w → y
struct matmul {
    static constexpr const char* name = "matmul";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return 2 * k.y.size() * inner(k); }

    /// K, the extent that is summed over.
    static constexpr int inner(const key& k) { return k.transposed_x ? k.x.d0 : k.x.d1; }

    static constexpr value append(graph& g, value x, value w, bool transposed_x, bool transposed_w) {
        key k;
        k.x = g.extents(x), k.w = g.extents(w);
        k.transposed_x = transposed_x, k.transposed_w = transposed_w;
        k.y = shape::sequence(transposed_x ? k.x.d1 : k.x.d0, transposed_w ? k.w.d0 : k.w.d1);
        return g.apply<matmul>(k, {x, w}, k.y);
    }
    /// Of layers' products, which do not transpose x.
    ///   y = x·w:   dx = dy·wᵀ, dw = xᵀ·dy
    ///   y = x·wᵀ:  dx = dy·w,  dw = dyᵀ·x
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value x = o.in[0], w = o.in[1], dy = d.of(o.out[0]);
        const bool of_transposed = o.k.transposed_w;
        if (d.wanted(x)) d.contribute(x, append(g, dy, w, false, !of_transposed));
        if (d.wanted(w)) d.contribute(w, of_transposed ? append(g, dy, x, true, false) : append(g, x, dy, true, false));
    }
};

template <key K, class F>
struct definition<matmul::kind, K, F> {
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        constexpr int inner = K.transposed_x ? K.x.d0 : K.x.d1, columns = K.y.d1;
        const place_in_batch at(i, items);
        const int row = at.e / columns, column = at.e % columns;
        const matrix_view<const T> x{sample(c.at[0], at.n, K.x), K.x.d1}, w{sample(c.at[1], at.n, K.w), K.w.d1};
        Accumulator sum = 0;
        for (int k = 0; k < inner; ++k)
            sum += Accumulator(K.transposed_x ? x(k, row) : x(row, k))
                   * Accumulator(K.transposed_w ? w(column, k) : w(k, column));
        c.at[2][i] = T(sum);
    }
};

} // namespace strata::inline STRATA_ABI::operations
