#pragma once
/// Kernels of upsample and its gradient over channels-last images: a pixel is a run of channels, which is repeated
/// along its row, and then the row as a whole. Extents are run-time numbers, so that all layers of a program share two
/// functions.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/move/copy_run.hpp>
#include <strata/operations/move/upsample.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// Extents of the smaller image, and how often its pixels are repeated.
struct repeated_image {
    int C, H, W, down, right;
};
template <key K>
inline constexpr repeated_image repeated{K.x.d0, K.x.d1, K.x.d2, K.win.stride_h, K.win.stride_w};

template <class T, class Arch>
[[gnu::noinline]] void upsample_images(const repeated_image& g, const T* x, T* y, int images) noexcept {
    const std::ptrdiff_t C = g.C, row = C * g.W * g.right;
    for (int h = 0; h < images * g.H; ++h, x += C * g.W) {
        T* const first = y;
        for (int v = 0; v < g.right; ++v) spread_pixels<T, Arch>(x, y + v * C, g.W, C, g.right * C);
        y += row;
        for (int u = 1; u < g.down; ++u, y += row) copy_run<T, Arch>(first, y, row);
    }
}
template <class T, class Arch>
[[gnu::noinline]] void upsample_gradient_images(const repeated_image& g, const T* dy, T* dx, int images) noexcept {
    using V = vec<T, Arch>;
    const std::ptrdiff_t C = g.C, row = C * g.W * g.right;
    for (int h = 0; h < images * g.H; ++h, dy += (g.down - 1) * row)
        for (int w = 0; w < g.W; ++w, dx += C, dy += g.right * C)
            each_run_register<T, Arch>(C, [&](std::ptrdiff_t i, int n) {
                V sum(T(0));
                for (int u = 0; u < g.down; ++u)
                    for (int v = 0; v < g.right; ++v) sum += load<T, Arch>(dy + u * row + v * C + i, n);
                store<T, Arch>(dx + i, sum, n);
            });
}

template <key K, class F, class T, class Arch>
struct kernel<operations::upsample::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        upsample_images<T, Arch>(repeated<K>, c.at[0] + c.first * std::ptrdiff_t(K.x.size()),
                                 c.at[1] + c.first * std::ptrdiff_t(K.y.size()), c.last - c.first);
    }
};
template <key K, class F, class T, class Arch>
struct kernel<operations::upsample_gradient::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        upsample_gradient_images<T, Arch>(repeated<K>, c.at[0] + c.first * std::ptrdiff_t(K.y.size()),
                                          c.at[1] + c.first * std::ptrdiff_t(K.x.size()), c.last - c.first);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
