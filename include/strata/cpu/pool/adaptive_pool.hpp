#pragma once
/// Kernels of adaptive_avg_pool, adaptive_max_pool and their gradients over channels-last images: registers hold
/// channels. Windows may share pixels, so gradients are added, window by window in reading order. Extents are run-time
/// numbers, so that all layers of a program share their functions.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/move/copy_run.hpp>
#include <strata/cpu/pool/max_pool.hpp>
#include <strata/operations/pool/adaptive_avg_pool.hpp>
#include <strata/operations/pool/adaptive_max_pool.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

struct adaptive_image {
    int C, H, W, OH, OW;
    /// body(output pixel, rows, columns) for each window, in reading order.
    template <class Body>
    void each_window(Body&& body) const {
        for (int i = 0; i < OH; ++i)
            for (int j = 0; j < OW; ++j)
                body(std::ptrdiff_t(i) * OW + j, range{adaptive_begin(i, H, OH), adaptive_end(i, H, OH)},
                     range{adaptive_begin(j, W, OW), adaptive_end(j, W, OW)});
    }
    /// body(pixel) for each pixel of a window, in reading order.
    template <class Body>
    void each_pixel(range rows, range columns, Body&& body) const {
        for (int h = rows.first; h < rows.last; ++h)
            for (int w = columns.first; w < columns.last; ++w) body(std::ptrdiff_t(h) * W + w);
    }
};
template <key K>
inline constexpr adaptive_image adaptive_image_of{K.x.d0, K.x.d1, K.x.d2, K.y.d1, K.y.d2};

template <class T, class Arch>
[[gnu::noinline]] void adaptive_avg_pool_image(const adaptive_image& g, const T* x, T* y) noexcept {
    using V = vec<T, Arch>;
    g.each_window([&](std::ptrdiff_t to, range rows, range columns) {
        const V share(T(1) / static_cast<T>((rows.last - rows.first) * (columns.last - columns.first)));
        each_register<T, Arch>(g.C, [&](std::ptrdiff_t c, int n) {
            V sum(T(0));
            g.each_pixel(rows, columns, [&](std::ptrdiff_t at) { sum += load<T, Arch>(x + at * g.C + c, n); });
            store<T, Arch>(y + to * g.C + c, sum * share, n);
        });
    });
}
template <class T, class Arch>
[[gnu::noinline]] void adaptive_avg_pool_gradient_image(const adaptive_image& g, const T* dy, T* dx) noexcept {
    using V = vec<T, Arch>;
    clear_run<T, Arch>(dx, std::ptrdiff_t(g.H) * g.W * g.C);
    g.each_window([&](std::ptrdiff_t from, range rows, range columns) {
        const V share(T(1) / static_cast<T>((rows.last - rows.first) * (columns.last - columns.first)));
        each_register<T, Arch>(g.C, [&](std::ptrdiff_t c, int n) {
            const V part = load<T, Arch>(dy + from * g.C + c, n) * share;
            g.each_pixel(rows, columns, [&](std::ptrdiff_t at) {
                T* const here = dx + at * g.C + c;
                store<T, Arch>(here, load<T, Arch>(here, n) + part, n);
            });
        });
    });
}
template <class T, class Arch>
[[gnu::noinline]] void adaptive_max_pool_image(const adaptive_image& g, const T* x, T* y) noexcept {
    using V = vec<T, Arch>;
    g.each_window([&](std::ptrdiff_t to, range rows, range columns) {
        each_register<T, Arch>(g.C, [&](std::ptrdiff_t c, int n) {
            V most(-std::numeric_limits<T>::infinity());
            g.each_pixel(rows, columns,
                         [&](std::ptrdiff_t at) { most = larger<V>(most, load<T, Arch>(x + at * g.C + c, n)); });
            store<T, Arch>(y + to * g.C + c, most, n);
        });
    });
}
template <class T, class Arch>
[[gnu::noinline]] void adaptive_max_pool_gradient_image(const adaptive_image& g, const T* x, const T* y, const T* dy,
                                                        T* dx) noexcept {
    using V = vec<T, Arch>;
    const V zero(T(0));
    clear_run<T, Arch>(dx, std::ptrdiff_t(g.H) * g.W * g.C);
    g.each_window([&](std::ptrdiff_t from, range rows, range columns) {
        each_register<T, Arch>(g.C, [&](std::ptrdiff_t c, int n) {
            const V most = load<T, Arch>(y + from * g.C + c, n);
            V left = load<T, Arch>(dy + from * g.C + c, n); // what no position has taken yet
            g.each_pixel(rows, columns, [&](std::ptrdiff_t at) {
                const V value = load<T, Arch>(x + at * g.C + c, n);
                const auto takes = (value == most) | xsimd::isnan(value);
                T* const here = dx + at * g.C + c;
                store<T, Arch>(here, load<T, Arch>(here, n) + xsimd::select(takes, left, zero), n);
                left = xsimd::select(takes, zero, left);
            });
        });
    });
}

template <key K, class F, class T, class Arch>
struct kernel<operations::adaptive_avg_pool::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        for (std::ptrdiff_t n = c.first; n < c.last; ++n)
            adaptive_avg_pool_image<T, Arch>(adaptive_image_of<K>, c.at[0] + n * std::ptrdiff_t(K.x.size()),
                                             c.at[1] + n * std::ptrdiff_t(K.y.size()));
    }
};
template <key K, class F, class T, class Arch>
struct kernel<operations::adaptive_avg_pool_gradient::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        for (std::ptrdiff_t n = c.first; n < c.last; ++n)
            adaptive_avg_pool_gradient_image<T, Arch>(adaptive_image_of<K>, c.at[0] + n * std::ptrdiff_t(K.y.size()),
                                                      c.at[1] + n * std::ptrdiff_t(K.x.size()));
    }
};
template <key K, class F, class T, class Arch>
struct kernel<operations::adaptive_max_pool::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        for (std::ptrdiff_t n = c.first; n < c.last; ++n)
            adaptive_max_pool_image<T, Arch>(adaptive_image_of<K>, c.at[0] + n * std::ptrdiff_t(K.x.size()),
                                             c.at[1] + n * std::ptrdiff_t(K.y.size()));
    }
};
template <key K, class F, class T, class Arch>
struct kernel<operations::adaptive_max_pool_gradient::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        for (std::ptrdiff_t n = c.first; n < c.last; ++n) {
            const std::ptrdiff_t x = n * std::ptrdiff_t(K.x.size()), y = n * std::ptrdiff_t(K.y.size());
            adaptive_max_pool_gradient_image<T, Arch>(adaptive_image_of<K>, c.at[0] + x, c.at[1] + y, c.at[2] + y,
                                                      c.at[3] + x);
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
