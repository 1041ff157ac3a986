#pragma once
/// Kernels of max_pool and its gradient over channels-last images: registers hold channels.
#include <strata/cpu/kernel.hpp>

#include <limits>

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
struct kernel<op::max_pool, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using V = vec<T, Arch>;
        constexpr int C = K.x.d0;
        for (int s = c.first; s < c.last; ++s) {
            const T* const x = c.at[0] + s * std::ptrdiff_t(K.x.size());
            T* y = c.at[1] + s * std::ptrdiff_t(K.y.size());
            for (int i = 0; i < K.y.d1; ++i)
                for (int j = 0; j < K.y.d2; ++j, y += C)
                    each_register<T, Arch>(C, [&](std::ptrdiff_t ch, int n) {
                        V most(-std::numeric_limits<T>::infinity());
                        each_position<K>(i, j, [&](int at) {
                            const V v = load<T, Arch>(x + std::ptrdiff_t(at) * C + ch, n);
                            // not-a-number wins, and stays
                            most = xsimd::select((v > most) | xsimd::isnan(v), v, most);
                        });
                        store<T, Arch>(y + ch, most, n);
                    });
        }
    }
};

template <key K, class F, class T, class Arch>
struct kernel<op::max_pool_gradient, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using V = vec<T, Arch>;
        constexpr int C = K.x.d0;
        for (int s = c.first; s < c.last; ++s) {
            const T* const x = c.at[0] + s * std::ptrdiff_t(K.x.size());
            const T* y = c.at[1] + s * std::ptrdiff_t(K.y.size());
            const T* dy = c.at[2] + s * std::ptrdiff_t(K.y.size());
            T* const dx = c.at[3] + s * std::ptrdiff_t(K.x.size());
            for (std::ptrdiff_t e = 0; e < std::ptrdiff_t(K.x.size()); ++e) dx[e] = T(0);
            for (int i = 0; i < K.y.d1; ++i)
                for (int j = 0; j < K.y.d2; ++j, y += C, dy += C)
                    each_register<T, Arch>(C, [&](std::ptrdiff_t ch, int n) {
                        const V most = load<T, Arch>(y + ch, n);
                        V left = load<T, Arch>(dy + ch, n); // what no position has taken yet
                        each_position<K>(i, j, [&](int at) {
                            const std::ptrdiff_t here = std::ptrdiff_t(at) * C + ch;
                            const V v = load<T, Arch>(x + here, n);
                            const auto takes = (v == most) | xsimd::isnan(v);
                            const V zero(T(0));
                            store<T, Arch>(dx + here, load<T, Arch>(dx + here, n) + xsimd::select(takes, left, zero), n);
                            left = xsimd::select(takes, zero, left);
                        });
                    });
        }
    }
};

} // namespace strata::inline v0_1::on_cpu
