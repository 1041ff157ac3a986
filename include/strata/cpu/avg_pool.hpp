#pragma once
/// Kernels of avg_pool and its gradient over channels-last images: registers hold channels.
#include <strata/cpu/kernel.hpp>
#include <strata/plan/operations/avg_pool.hpp>

namespace strata::inline v0_1::on_cpu {

/// Calls body(offset) for each position of output (i, j)'s window inside the image, in reading order; offset in pixels.
template <key K, class Body>
inline void each_position(int i, int j, Body&& body) {
    for (int u = 0; u < K.win.kernel_h; ++u) {
        const int h = i * K.win.stride_h + u * K.win.dilation_h - K.win.top;
        if (h < 0 || h >= K.x.d1) continue;
        for (int v = 0; v < K.win.kernel_w; ++v) {
            const int w = j * K.win.stride_w + v * K.win.dilation_w - K.win.left;
            if (w >= 0 && w < K.x.d2) body(h * K.x.d2 + w);
        }
    }
}

template <key K, class F, class T, class Arch>
struct kernel<op::avg_pool, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using V = vec<T, Arch>;
        constexpr int C = K.x.d0;
        for (int s = c.first; s < c.last; ++s) {
            const T* const x = c.at[0] + s * std::ptrdiff_t(K.x.size());
            T* y = c.at[1] + s * std::ptrdiff_t(K.y.size());
            for (int i = 0; i < K.y.d1; ++i)
                for (int j = 0; j < K.y.d2; ++j, y += C) {
                    const V share(T(1) / static_cast<T>(operations::avg_pool_area(K, i, j)));
                    each_register<T, Arch>(C, [&](std::ptrdiff_t ch, int n) {
                        V sum(T(0));
                        each_position<K>(i, j, [&](int at) { sum += load<T, Arch>(x + std::ptrdiff_t(at) * C + ch, n); });
                        store<T, Arch>(y + ch, sum * share, n);
                    });
                }
        }
    }
};

template <key K, class F, class T, class Arch>
struct kernel<op::avg_pool_gradient, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using V = vec<T, Arch>;
        constexpr int C = K.x.d0;
        for (int s = c.first; s < c.last; ++s) {
            const T* dy = c.at[0] + s * std::ptrdiff_t(K.y.size());
            T* const dx = c.at[1] + s * std::ptrdiff_t(K.x.size());
            for (std::ptrdiff_t e = 0; e < std::ptrdiff_t(K.x.size()); ++e) dx[e] = T(0);
            for (int i = 0; i < K.y.d1; ++i)
                for (int j = 0; j < K.y.d2; ++j, dy += C) {
                    const V share(T(1) / static_cast<T>(operations::avg_pool_area(K, i, j)));
                    each_register<T, Arch>(C, [&](std::ptrdiff_t ch, int n) {
                        const V part = load<T, Arch>(dy + ch, n) * share;
                        each_position<K>(i, j, [&](int at) {
                            T* const here = dx + std::ptrdiff_t(at) * C + ch;
                            store<T, Arch>(here, load<T, Arch>(here, n) + part, n);
                        });
                    });
                }
        }
    }
};

} // namespace strata::inline v0_1::on_cpu
