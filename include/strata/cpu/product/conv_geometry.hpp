#pragma once
/// conv_geometry — a convolution in run-time numbers, for the kernels of conv: extents, groups, the scratch of each
/// pass, and how a one-channel image is spread.
#include <strata/cpu/product/product.hpp>
#include <strata/cpu/windows.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

struct conv_geometry : image_windows {
    int F, G, lanes;

    [[nodiscard]] constexpr int channels() const { return C / G; }
    [[nodiscard]] constexpr int filters() const { return F / G; }
    [[nodiscard]] constexpr int weight_rows() const { return win.kernel_h * win.kernel_w * channels(); }
    [[nodiscard]] constexpr std::ptrdiff_t group_size() const {
        return std::ptrdiff_t(weight_rows()) * padded_to(filters(), lanes);
    }
    /// Taps of one kernel row meet contiguous input: one run of KW·C numbers.
    [[nodiscard]] constexpr bool contiguous() const { return win.dilation_w == 1 && G == 1; }
    /// Does every output depend on the one pixel at its own position?
    [[nodiscard]] constexpr bool pointwise() const {
        return G == 1 && win.kernel_h == 1 && win.kernel_w == 1 && H == OH && W == OW && win.top == 0 && win.left == 0;
    }
    /// A one-channel image has runs of KW numbers, too short for the inner loop: it is spread (see im2col_row) where
    /// that fits into L1.
    static constexpr int most_spread = 8192, most_spread_taps = 32; ///< numbers, and taps of a kernel row
    [[nodiscard]] constexpr int spread_rows() const { return (OH - 1) * win.stride_h + win.kernel_h; }
    [[nodiscard]] constexpr bool worth_spreading() const {
        return C == 1 && win.dilation_h == 1 && win.dilation_w == 1 && win.kernel_w <= most_spread_taps
               && spread_rows() * win.kernel_w * OW <= most_spread;
    }
    static constexpr int spread_scratch = most_spread + 32; ///< numbers of a spread image, and a register behind them
    /// Of the forward pass: weights lie in panels, and only a spread image is walked down columns.
    template <class T, class Arch>
    [[nodiscard]] constexpr int scratch_of_values() const {
        return worth_spreading() ? spread_scratch + scratch_of_product<T, Arch>(filters(), true) : 0;
    }
    template <class T, class Arch>
    [[nodiscard]] constexpr int scratch_of_weight_gradients() const {
        return (worth_spreading() ? spread_scratch : 0)
               + scratch_of_product<T, Arch>(filters(), filters() % lanes_of<T, Arch> == 0);
    }
    /// Tap by tap, or a kernel row at a time.
    template <class T, class Arch>
    [[nodiscard]] constexpr int scratch_of_input_gradients() const {
        return scratch_of_product<T, Arch>(win.kernel_w * channels(), false);
    }
};
template <key K>
inline constexpr conv_geometry geometry_of{{K.win, K.x.d0, K.x.d1, K.x.d2, K.y.d1, K.y.d2}, K.y.d0, K.groups, K.lanes};

/// The convolution that leads from dy back to x, of flipped filters (see by_flipped_filters).
template <key K>
inline constexpr conv_geometry geometry_back = [] {
    window back = K.win;
    back.top = back.kernel_h - 1 - back.top;
    back.left = back.kernel_w - 1 - back.left;
    return conv_geometry{{back, K.y.d0, K.y.d1, K.y.d2, K.x.d1, K.x.d2}, K.x.d0, 1, K.lanes};
}();

/// im2col_row — im2col of one kernel row, for a one-channel image: each padded row once per tap of a kernel row,
/// [padded row][KW][OW]. The source of an output row is then one matrix, [KH·KW][OW], and so is the source of a
/// weight's gradient. (im2col of the whole kernel would copy each row KH times more.) Up to a register after the last
/// tap is written as well.
template <class T, class Arch>
[[gnu::noinline]] void im2col_row(const conv_geometry& g, const T* x, T* to) noexcept {
    constexpr int lanes = lanes_of<T, Arch>;
    const int count = g.spread_rows(), taps = g.win.kernel_w;
    range columns[conv_geometry::most_spread_taps];
    for (int v = 0; v < taps; ++v) {
        const range j = g.columns(v);
        columns[v] = j.first < j.last ? j : range{g.OW, g.OW};
    }
    for (int h = 0; h < count; ++h)
        for (int v = 0; v < taps; ++v, to += g.OW) {
            const int row = h - g.win.top;
            const bool inside = row >= 0 && row < g.H;
            const std::ptrdiff_t from =
                std::ptrdiff_t(row) * g.W + v - g.win.left; // of output column 0, which may be outside
            const int first = inside ? columns[v].first : g.OW, last = inside ? columns[v].last : g.OW;
            if (g.win.stride_w != 1) {
                for (int e = first; e < last; ++e) to[e] = x[from + std::ptrdiff_t(e) * g.win.stride_w];
            } else if (inside && from >= 0 && from + padded_to(g.OW, lanes) <= g.pixels()) {
                // Whole registers: values from other rows are cleared below, and values written after this tap's
                // numbers are overwritten by later taps and rows.
                for (int e = 0; e < g.OW; e += lanes)
                    vec<T, Arch>::load_unaligned(x + from + e).store_unaligned(to + e);
            } else {
                each_register<T, Arch>(last - first, [&](std::ptrdiff_t e, int n) {
                    store<T, Arch>(to + first + e, load<T, Arch>(x + from + first + e, n), n);
                });
            }
            for (int e = 0; e < first; ++e) to[e] = T(0);
            for (int e = last; e < g.OW; ++e) to[e] = T(0);
        }
}

} // namespace strata::inline STRATA_ABI::on_cpu
