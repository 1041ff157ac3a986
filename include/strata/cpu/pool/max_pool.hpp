#pragma once
/// Kernels of max_pool and its gradient over channels-last images: registers hold channels. Extents are run-time
/// numbers, so that all poolings of a program share their functions.
#include <strata/cpu/pointwise/elementwise.hpp>
#include <strata/cpu/windows.hpp>
#include <strata/operations/pool/max_pool.hpp>

#include <limits>

namespace strata::inline STRATA_ABI::on_cpu {

/// The larger one; NaN takes precedence and propagates.
template <class V>
inline V larger(const V& most, const V& x) {
    return xsimd::select((x > most) | xsimd::isnan(x), x, most);
}

/// Calls body(c, n) for a pixel's channels. Within a row, where pixels are visited from left to right, the last
/// register may be a whole one: surplus lanes are ignored when read and overwritten when written.
template <class T, class Arch, class Body>
inline void each_channel(int channels, bool whole, Body&& body) {
    constexpr int lanes = lanes_of<T, Arch>;
    for (int c = 0; c < channels; c += lanes) body(c, whole || c + lanes <= channels ? lanes : channels - c);
}
/// Are there at least that many pixels in their rows after output column j, and after the last input column that its
/// window of `width` taps reads?
template <class T, class Arch>
inline bool room_behind(const image_windows& g, int j, int first_column, int width) {
    const int last_column = first_column + (width - 1) * g.win.dilation_w;
    return (g.OW - 1 - j) * g.C >= lanes_of<T, Arch> - 1 && (g.W - 1 - last_column) * g.C >= lanes_of<T, Arch> - 1;
}

template <class T, class Arch>
[[gnu::noinline]] void max_pool_image(const image_windows& g, const T* x, T* y) noexcept {
    using V = vec<T, Arch>;
    const std::ptrdiff_t right = std::ptrdiff_t(g.win.dilation_w) * g.C,
                         down = std::ptrdiff_t(g.win.dilation_h) * g.W * g.C;
    for (int i = 0; i < g.OH; ++i) {
        const range u = g.taps_h(i);
        for (int j = 0; j < g.OW; ++j, y += g.C) {
            const range v = g.taps_w(j);
            const T* const corner = x + g.pixel(i, j, u.first, v.first) * g.C;
            if (u.last - u.first == 2 && v.last - v.first == 2) {
                const int column = j * g.win.stride_w - g.win.left + v.first * g.win.dilation_w;
                each_channel<T, Arch>(g.C, room_behind<T, Arch>(g, j, column, 2), [&](int c, int n) {
                    const T* const at = corner + c;
                    const V first = larger<V>(load<T, Arch>(at, n), load<T, Arch>(at + right, n));
                    const V second = larger<V>(load<T, Arch>(at + down, n), load<T, Arch>(at + down + right, n));
                    store<T, Arch>(y + c, larger<V>(first, second), n);
                });
                continue;
            }
            each_register<T, Arch>(g.C, [&](std::ptrdiff_t c, int n) {
                V most(-std::numeric_limits<T>::infinity());
                for (int a = 0; a < u.last - u.first; ++a)
                    for (int b = 0; b < v.last - v.first; ++b)
                        most = larger<V>(most, load<T, Arch>(corner + a * down + b * right + c, n));
                store<T, Arch>(y + c, most, n);
            });
        }
    }
}

/// dx of one image; multiplied by the derivative of F, which made x, where that is fused.
template <class F, class T, class Arch>
[[gnu::noinline]] void max_pool_gradient_image(const image_windows& g, const T* x, const T* y, const T* dy,
                                               T* dx) noexcept {
    using V = vec<T, Arch>;
    constexpr bool vectorized = is_vectorized<F, T, Arch>;
    const V zero(T(0));
    const std::ptrdiff_t right = std::ptrdiff_t(g.win.dilation_w) * g.C,
                         down = std::ptrdiff_t(g.win.dilation_h) * g.W * g.C;
    const bool alone = g.apart(); // no pixel stands in two windows: what it gets is stored, not added
    if (!alone || !g.cover()) {
        each_register<T, Arch>(g.pixels() * g.C, [&](std::ptrdiff_t e, int n) { store<T, Arch>(dx + e, zero, n); });
    }
    for (int i = 0; i < g.OH; ++i) {
        const range u = g.taps_h(i);
        for (int j = 0; j < g.OW; ++j, y += g.C, dy += g.C) {
            const range v = g.taps_w(j);
            const std::ptrdiff_t corner = g.pixel(i, j, u.first, v.first) * g.C;
            const int column = j * g.win.stride_w - g.win.left + v.first * g.win.dilation_w;
            // Of one register: a second one of this pixel would write over what the first one wrote of the next.
            const bool whole =
                g.C < lanes_of<T, Arch> && alone && g.cover() && room_behind<T, Arch>(g, j, column, v.last - v.first);
            each_channel<T, Arch>(g.C, whole, [&](int c, int n) {
                const V most = load<T, Arch>(y + c, n);
                V left = load<T, Arch>(dy + c, n); // what no position has taken yet
                const auto position = [&](std::ptrdiff_t at) {
                    const V value = load<T, Arch>(x + at, n);
                    const auto takes = (value == most) | xsimd::isnan(value);
                    V taken = xsimd::select(takes, left, zero);
                    left = xsimd::select(takes, zero, left);
                    if (!alone) taken += load<T, Arch>(dx + at, n);
                    else if constexpr (vectorized) taken *= derivative_of<F>(value);
                    store<T, Arch>(dx + at, taken, n);
                };
                const std::ptrdiff_t at = corner + c;
                if (u.last - u.first == 2 && v.last - v.first == 2) {
                    position(at), position(at + right), position(at + down), position(at + down + right);
                    return;
                }
                for (int a = 0; a < u.last - u.first; ++a)
                    for (int b = 0; b < v.last - v.first; ++b) position(at + a * down + b * right);
            });
        }
    }
    if constexpr (!std::is_same_v<F, no_function>)
        if (!alone || !vectorized) elementwise_gradients<F, T, Arch>(x, dx, dx, g.pixels() * g.C);
}

template <key K, class F, class T, class Arch>
struct kernel<operations::max_pool::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n)
            max_pool_image<T, Arch>(windows_of<K>, c.at[0] + n * std::ptrdiff_t(K.x.size()),
                                    c.at[1] + n * std::ptrdiff_t(K.y.size()));
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::max_pool_gradient::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const std::ptrdiff_t x = n * std::ptrdiff_t(K.x.size()), y = n * std::ptrdiff_t(K.y.size());
            max_pool_gradient_image<F, T, Arch>(windows_of<K>, c.at[0] + x, c.at[1] + y, c.at[2] + y, c.at[3] + x);
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
