#pragma once
/// embedding — y[t] = w[token[t]]: a row of the table w [V, D] for each token. A token that is not below V has no row,
/// and gives not-a-number: no kernel reads outside the table.
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

#include <limits>

namespace strata::inline STRATA_ABI::operations {

/// dw[v] = sum of dy[t] over the batch's positions t with token[t] = v, in the order of the positions.
/// Operands: tokens, dy → dw.  Rows: tokens v.
struct embedding_gradient {
    static constexpr const char* name = "embedding_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::rows;
    static constexpr operation_facts facts{.on_rows = true, .takes_tokens = true};
    static constexpr int rows(const key& k) { return k.w.d0; }
    static constexpr long long flops(const key& k) { return k.y.size(); }
};

/// The table is read row by row, so it is not packed.   Operands: tokens, w → y
struct embedding {
    static constexpr const char* name = "embedding";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.parameters = 1, .on_rows = true, .takes_tokens = true};
    static constexpr long long flops(const key&) { return 0; }

    static constexpr value append(graph& g, value tokens, value table) {
        key k;
        k.x = g.extents(tokens);
        k.w = g.extents(table);
        k.y = k.x.with_channels(k.w.d1);
        return g.apply<embedding>(k, {tokens, table}, k.y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        if (!d.wanted(o.in[1])) return;
        const value in[] = {o.in[0], d.of(o.out[0])}, dw = d.like_parameter(o.in[1], storage::fixed);
        g.add_operation<embedding_gradient>(o.k, in, 2, &dw, 1);
        d.contribute(o.in[1], dw);
    }
};

template <key K, class F>
struct definition<embedding::kind, K, F> {
    static constexpr long long items = K.y.size();
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const std::int32_t token = c.integers(0)[at.n];
        c.at[2][i] = token >= 0 && token < K.w.d0 ? c.at[1][token * items + at.e] : T(none);
    }

  private:
    static constexpr double none = std::numeric_limits<double>::quiet_NaN();
};

/// An item is a part of a row: all of the batch's tokens are looked at once for so many numbers.
template <key K, class F>
struct definition<embedding_gradient::kind, K, F> {
    static constexpr int size = K.y.d0, together = 16;
    static constexpr long long items = (size + together - 1) / together;
    static constexpr unit per = unit::row;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const long long row = i / items;
        const int first = static_cast<int>(i % items) * together,
                  count = size - first < together ? size - first : together;
        Accumulator sum[unsigned(together)]{};
        for (long long t = 0; t < c.batch; ++t)
            if (c.integers(0)[t] == row)
                for (int e = 0; e < count; ++e) sum[e] += Accumulator(c.at[1][t * size + first + e]);
        for (int e = 0; e < count; ++e) c.at[2][row * size + first + e] = T(sum[e]);
    }
};

} // namespace strata::inline STRATA_ABI::operations
