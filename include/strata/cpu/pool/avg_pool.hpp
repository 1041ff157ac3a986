#pragma once
/// Kernels of avg_pool and its gradient over channels-last images: registers hold channels.
#include <strata/cpu/norm/channel_rows.hpp>
#include <strata/cpu/windows.hpp>
#include <strata/operations/pool/avg_pool.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline STRATA_ABI::on_cpu {

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
struct kernel<operations::avg_pool::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using V = vec<T, Arch>;
        constexpr int C = K.x.d0, lanes = lanes_of<T, Arch>;
        for (int s = c.first; s < c.last; ++s) {
            const T* const x = c.at[0] + s * std::ptrdiff_t(K.x.size());
            T* y = c.at[1] + s * std::ptrdiff_t(K.y.size());
            for (int i = 0; i < K.y.d1; ++i)
                for (int j = 0; j < K.y.d2; ++j, y += C) {
                    const V share(T(1) / static_cast<T>(operations::avg_pool_area(K, i, j)));
                    each_strip<T, Arch>(C, [&](auto strip, int ch, int n) {
                        constexpr int R = decltype(strip)::count;
                        V sum[unsigned(R)];
#pragma GCC unroll 4
                        for (int v = 0; v < R; ++v) sum[v] = V(T(0));
                        each_position<K>(i, j, [&](int at) {
#pragma GCC unroll 4
                            for (int v = 0; v < R; ++v)
                                sum[v] += load<T, Arch>(x + std::ptrdiff_t(at) * C + ch + v * lanes, R > 1 ? lanes : n);
                        });
#pragma GCC unroll 4
                        for (int v = 0; v < R; ++v)
                            store<T, Arch>(y + ch + v * lanes, sum[v] * share, R > 1 ? lanes : n);
                    });
                }
        }
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::avg_pool_gradient::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using V = vec<T, Arch>;
        constexpr int C = K.x.d0, lanes = lanes_of<T, Arch>;
        constexpr bool alone =
            windows_of<K>.apart(); // no pixel stands in two windows: what it gets is stored, not added
        for (int s = c.first; s < c.last; ++s) {
            const T* dy = c.at[0] + s * std::ptrdiff_t(K.y.size());
            T* const dx = c.at[1] + s * std::ptrdiff_t(K.x.size());
            if (!alone || !windows_of<K>.cover())
                for (std::ptrdiff_t e = 0; e < std::ptrdiff_t(K.x.size()); ++e) dx[e] = T(0);
            for (int i = 0; i < K.y.d1; ++i)
                for (int j = 0; j < K.y.d2; ++j, dy += C) {
                    const V share(T(1) / static_cast<T>(operations::avg_pool_area(K, i, j)));
                    each_strip<T, Arch>(C, [&](auto strip, int ch, int n) {
                        constexpr int R = decltype(strip)::count;
                        V part[unsigned(R)];
#pragma GCC unroll 4
                        for (int v = 0; v < R; ++v)
                            part[v] = load<T, Arch>(dy + ch + v * lanes, R > 1 ? lanes : n) * share;
                        each_position<K>(i, j, [&](int at) {
                            T* const here = dx + std::ptrdiff_t(at) * C + ch;
#pragma GCC unroll 4
                            for (int v = 0; v < R; ++v) {
                                const int whole = R > 1 ? lanes : n;
                                store<T, Arch>(here + v * lanes,
                                               alone ? part[v] : load<T, Arch>(here + v * lanes, whole) + part[v],
                                               whole);
                            }
                        });
                    });
                }
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
