#pragma once
/// Kernels of pad and crop over channels-last images: a row of pixels is one run of numbers. Extents are run-time
/// numbers, so that all layers of a program share two functions.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/move/copy_run.hpp>
#include <strata/operations/move/pad.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// An image inside a larger one, in numbers: rows of the smaller, and what is around them.
struct framed_image {
    std::ptrdiff_t rows, run; ///< of the smaller image, and numbers of a row
    std::ptrdiff_t top, bottom, left, right;
    [[nodiscard]] constexpr std::ptrdiff_t row() const { return left + run + right; }
};
constexpr framed_image framed(const shape& inner, const window& around) {
    const std::ptrdiff_t C = inner.d0;
    const std::ptrdiff_t row = (inner.d2 + around.left + around.right) * C;
    return {inner.d1, inner.d2 * C, around.top * row, around.bottom * row, around.left * C, around.right * C};
}

template <class T, class Arch>
[[gnu::noinline]] void pad_images(const framed_image& g, const T* x, T* y, int images) noexcept {
    // What is behind a row and before the next one is one run of zeros.
    for (int n = 0; n < images; ++n) {
        clear_run<T, Arch>(y, g.top + g.left);
        y += g.top + g.left;
        for (std::ptrdiff_t h = 0; h < g.rows; ++h, x += g.run) {
            copy_run<T, Arch>(x, y, g.run);
            const std::ptrdiff_t zeros = h + 1 < g.rows ? g.right + g.left : g.right + g.bottom;
            clear_run<T, Arch>(y + g.run, zeros);
            y += g.run + zeros;
        }
    }
}
template <class T, class Arch>
[[gnu::noinline]] void crop_images(const framed_image& g, const T* x, T* y, int images) noexcept {
    for (int n = 0; n < images; ++n) {
        x += g.top;
        for (std::ptrdiff_t h = 0; h < g.rows; ++h, y += g.run, x += g.row()) copy_run<T, Arch>(x + g.left, y, g.run);
        x += g.bottom;
    }
}

template <key K, class F, class T, class Arch>
struct kernel<operations::pad::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        pad_images<T, Arch>(framed(K.x, K.win), c.at[0] + c.first * std::ptrdiff_t(K.x.size()),
                            c.at[1] + c.first * std::ptrdiff_t(K.y.size()), c.last - c.first);
    }
};
template <key K, class F, class T, class Arch>
struct kernel<operations::crop::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        crop_images<T, Arch>(framed(K.y, K.win), c.at[0] + c.first * std::ptrdiff_t(K.x.size()),
                             c.at[1] + c.first * std::ptrdiff_t(K.y.size()), c.last - c.first);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
