#pragma once
/// Kernel of transpose_weight:  conv_panels [G, KH·KW·C/G, F/G] → [F, KH·KW·C/G], or, flipped, → conv_panels [KH·KW·F,
/// C], padded with zeros. This policy's plans never contain it: its weights are conventional.
#include <strata/cuda/kernel.hpp>
#include <strata/operations/product/transpose_weight.hpp>
#include <strata/plan/weights/weight_layout.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

template <key K, class F, class T>
struct kernel<operations::transpose_weight::kind, K, F, T> {
    static constexpr int filters = K.x.d0 / K.groups, rows = K.x.d1 * K.x.d2 * K.x.d3,
                         row = transposed_row(rows, K.lanes);

    static constexpr int taps = K.x.d2 * K.x.d3, channels = K.x.d1, flipped_row = taps * padded_to(channels, K.lanes);

    STRATA_HD static long long items(const call<T>& c) { return 1LL * c.last * (K.flipped ? flipped_row : row); }
    STRATA_HD static void item(const call<T>& c, long long index) {
        if constexpr (K.flipped) flip(c, static_cast<int>(index / flipped_row), static_cast<int>(index % flipped_row));
        else transpose(c, index);
    }

  private:
    STRATA_HD static void transpose(const call<T>& c, long long index) {
        const long long f = index / row, i = index % row;
        const T* const w = c.at[0] + f / filters * rows * padded_to(filters, K.lanes); // of its group
        c.at[1][index] = i < rows ? w[panel_index(i, static_cast<int>(f % filters), rows, filters, K.lanes)] : T(0);
    }
    STRATA_HD static void flip(const call<T>& c, int f, int i) {
        const int tap = i % taps, ch = i / taps;
        c.at[1][panel_index((taps - 1 - tap) * filters + f, ch, taps * filters, channels, K.lanes)] =
            ch < channels ? c.at[0][panel_index(tap * channels + ch, f, taps * channels, filters, K.lanes)] : T(0);
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
