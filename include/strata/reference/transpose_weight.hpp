#pragma once
/// Kernel of transpose_weight. This policy's plans never hold it: it defines the packed format.
///   conv_panels [G, KH·KW·C/G, F/G] → [F, KH·KW·C/G], or, flipped, → conv_panels [KH·KW·F, C]
/// A task has filters [first, last); the padding behind each row is zero.
#include <strata/call/views.hpp>
#include <strata/operations/product/transpose_weight.hpp>
#include <strata/plan/weights/weight_layout.hpp>
#include <strata/reference/kernel.hpp>

namespace strata::inline STRATA_ABI::on_reference {

template <key K, class F, class T>
struct kernel<operations::transpose_weight::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        if constexpr (K.flipped) flip(c);
        else transpose(c);
    }

  private:
    static void transpose(const call<T>& c) noexcept {
        constexpr int filters = K.x.d0 / K.groups, rows = K.x.d1 * K.x.d2 * K.x.d3;
        const matrix_view<T> t{c.at[1], transposed_row(rows, K.lanes)};
        for (int f = c.first; f < c.last; ++f) {
            const T* const w =
                c.at[0] + f / filters * static_cast<long long>(rows) * padded_to(filters, K.lanes); // of its group
            for (int i = 0; i < t.columns; ++i)
                t(f, i) = i < rows ? w[panel_index(i, f % filters, rows, filters, K.lanes)] : T(0);
        }
    }
    static void flip(const call<T>& c) noexcept {
        constexpr int filters = K.x.d0, channels = K.x.d1, taps = K.x.d2 * K.x.d3;
        for (int f = c.first; f < c.last; ++f)
            for (int tap = 0; tap < taps; ++tap)
                for (int ch = 0; ch < padded_to(channels, K.lanes); ++ch)
                    c.at[1][panel_index((taps - 1 - tap) * filters + f, ch, taps * filters, channels, K.lanes)] =
                        ch < channels ? c.at[0][panel_index(tap * channels + ch, f, taps * channels, filters, K.lanes)]
                                      : T(0);
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
