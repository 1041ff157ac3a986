#pragma once
/// Kernel of transpose_weight:  conv_panels [G, KH·KW·C/G, F/G] → [F, KH·KW·C/G], padded with zeros. This policy's plans never
/// hold it: its weights are conventional.
#include <strata/cuda/kernel.hpp>
#include <strata/plan/weight_layout.hpp>

namespace strata::inline v0_1::on_cuda {

template <key K, class F, class T>
struct kernel<op::transpose_weight, K, F, T> {
    static constexpr int filters = K.x.d0 / K.groups, rows = K.x.d1 * K.x.d2 * K.x.d3, row = transposed_row(rows, K.lanes);

    STRATA_HD static long long items(const call<T>& c) { return 1LL * c.last * row; }
    STRATA_HD static void item(const call<T>& c, long long index) {
        const long long f = index / row, i = index % row;
        const T* const w = c.at[0] + f / filters * rows * padded_to(filters, K.lanes); // of its group
        c.at[1][index] = i < rows ? w[panel_index(i, static_cast<int>(f % filters), rows, filters, K.lanes)] : T(0);
    }
};

} // namespace strata::inline v0_1::on_cuda
