#pragma once
/// Kernels of reflect_pad, replicate_pad and their gradients over channels-last images: rows are runs of numbers, and a
/// column of the border is a run of channels. The gradient of a pixel begins with its own place, then come the columns
/// of the border from left to right, then the rows from top to bottom.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/move/copy_run.hpp>
#include <strata/operations/move/border_pad.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

struct bordered_image {
    int C, H, W;
    window win;
    [[nodiscard]] constexpr int rows() const { return H + win.top + win.bottom; }
    [[nodiscard]] constexpr int columns() const { return W + win.left + win.right; }
    /// visit(column, what it reads) for the columns of the border.
    template <class Border, class Visit>
    void each_border_column(Visit&& visit) const {
        for (int j = 0; j < win.left; ++j) visit(j, Border::source(j - win.left, W));
        for (int j = win.left + W; j < columns(); ++j) visit(j, Border::source(j - win.left, W));
    }
};

template <class Border, class T, class Arch>
[[gnu::noinline]] void border_pad_image(const bordered_image& g, const T* x, T* y) noexcept {
    const std::ptrdiff_t C = g.C, run = g.W * C, row = g.columns() * C;
    for (int i = 0; i < g.rows(); ++i, y += row) {
        const T* const from = x + Border::source(i - g.win.top, g.H) * run;
        copy_run<T, Arch>(from, y + g.win.left * C, run);
        g.each_border_column<Border>([&](int j, int w) { copy_run<T, Arch>(from + w * C, y + j * C, C); });
    }
}
template <class Border, class T, class Arch>
[[gnu::noinline]] void border_pad_gradient_image(const bordered_image& g, const T* dy, T* dx) noexcept {
    const std::ptrdiff_t C = g.C, run = g.W * C, row = g.columns() * C;
    const auto columns = [&](int i, int h) {
        g.each_border_column<Border>(
            [&](int j, int w) { add_run<T, Arch>(dy + i * row + j * C, dx + h * run + w * C, C); });
    };
    for (int h = 0; h < g.H; ++h) {
        copy_run<T, Arch>(dy + (h + g.win.top) * row + g.win.left * C, dx + h * run, run);
        columns(h + g.win.top, h);
    }
    const auto border_row = [&](int i) {
        const int h = Border::source(i - g.win.top, g.H);
        add_run<T, Arch>(dy + i * row + g.win.left * C, dx + h * run, run);
        columns(i, h);
    };
    for (int i = 0; i < g.win.top; ++i) border_row(i);
    for (int i = g.win.top + g.H; i < g.rows(); ++i) border_row(i);
}

template <key K, class Border, class T, class Arch>
struct border_pad_kernel {
    static constexpr bordered_image image{K.x.d0, K.x.d1, K.x.d2, K.win};
    static void run(const call<T>& c) noexcept {
        for (std::ptrdiff_t n = c.first; n < c.last; ++n)
            border_pad_image<Border, T, Arch>(image, c.at[0] + n * std::ptrdiff_t(K.x.size()),
                                              c.at[1] + n * std::ptrdiff_t(K.y.size()));
    }
};
template <key K, class Border, class T, class Arch>
struct border_pad_gradient_kernel {
    static constexpr bordered_image image{K.x.d0, K.x.d1, K.x.d2, K.win};
    static void run(const call<T>& c) noexcept {
        for (std::ptrdiff_t n = c.first; n < c.last; ++n)
            border_pad_gradient_image<Border, T, Arch>(image, c.at[0] + n * std::ptrdiff_t(K.y.size()),
                                                       c.at[1] + n * std::ptrdiff_t(K.x.size()));
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::reflect_pad::kind, K, F, T, Arch> : border_pad_kernel<K, operations::reflected, T, Arch> {};
template <key K, class F, class T, class Arch>
struct kernel<operations::replicate_pad::kind, K, F, T, Arch> : border_pad_kernel<K, operations::replicated, T, Arch> {
};
template <key K, class F, class T, class Arch>
struct kernel<operations::reflect_pad_gradient::kind, K, F, T, Arch>
    : border_pad_gradient_kernel<K, operations::reflected, T, Arch> {};
template <key K, class F, class T, class Arch>
struct kernel<operations::replicate_pad_gradient::kind, K, F, T, Arch>
    : border_pad_gradient_kernel<K, operations::replicated, T, Arch> {};

} // namespace strata::inline STRATA_ABI::on_cpu
