#pragma once
/// Kernels of prelu and its gradients. Channels are adjacent, so a row of C numbers meets the C slopes; a shared slope
/// meets all numbers. Extents are run-time numbers, so that all layers of a program share three functions.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/lanes.hpp>
#include <strata/operations/pointwise/prelu.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// y = s where x > 0, else w · s, s the x itself or a gradient, over rows of `size` numbers. Shared: w is one number.
template <class T, class Arch>
[[gnu::noinline]] void prelu_values(const T* x, const T* s, const T* w, T* y, std::ptrdiff_t rows, int size,
                                    bool shared) noexcept {
    using V = vec<T, Arch>;
    const V zero(T(0)), one_slope(w[0]);
    if (shared) {
        each_register<T, Arch>(rows * size, [&](std::ptrdiff_t i, int n) {
            const V of = load<T, Arch>(s + i, n);
            store<T, Arch>(y + i, xsimd::select(load<T, Arch>(x + i, n) > zero, of, of * one_slope), n);
        });
        return;
    }
    for (; rows > 0; --rows, x += size, s += size, y += size)
        each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
            const V of = load<T, Arch>(s + i, n);
            store<T, Arch>(y + i, xsimd::select(load<T, Arch>(x + i, n) > zero, of, of * load<T, Arch>(w + i, n)), n);
        });
}

/// dw = the sums of x · dy where x is not above 0, over the rows in their order; four registers at a time.
template <class T, class Arch>
[[gnu::noinline]] void prelu_slope_gradients(const T* x, const T* dy, T* dw, std::ptrdiff_t rows, int size,
                                             bool shared) noexcept {
    using V = vec<T, Arch>;
    constexpr int lanes = lanes_of<T, Arch>;
    const V zero(T(0));
    const auto term = [&](std::ptrdiff_t at, int n) {
        const V of = load<T, Arch>(x + at, n);
        return xsimd::select(of > zero, zero, of * load<T, Arch>(dy + at, n));
    };
    if (shared) {
        V sum[4] = {zero, zero, zero, zero};
        each_register<T, Arch>(rows * size, [&](std::ptrdiff_t i, int n) { sum[i / lanes % 4] += term(i, n); });
        dw[0] = first_of<T, Arch>(sum_of<T, Arch>((sum[0] + sum[1]) + (sum[2] + sum[3])));
        return;
    }
    const auto sum_columns = [&](int i, auto registers, int n) {
        constexpr int R = decltype(registers)::value;
        V sum[unsigned(R)];
        for (int v = 0; v < R; ++v) sum[v] = zero;
        for (std::ptrdiff_t r = 0; r < rows; ++r)
            for (int v = 0; v < R; ++v) sum[v] += term(r * size + i + v * lanes, n);
        for (int v = 0; v < R; ++v) store<T, Arch>(dw + i + v * lanes, sum[v], n);
    };
    int i = 0;
    for (; i + 4 * lanes <= size; i += 4 * lanes) sum_columns(i, std::integral_constant<int, 4>(), lanes);
    for (; i < size; i += lanes) sum_columns(i, std::integral_constant<int, 1>(), size - i < lanes ? size - i : lanes);
}

/// A task's rows: pixels, samples or positions. A single channel is as good as shared.
template <key K>
struct prelu_rows {
    static constexpr int size = K.w.d0;
    static constexpr bool shared = size == 1;
    static constexpr std::ptrdiff_t in_sample = K.x.size() / size;
    static_assert(shared || in_sample == 1 || K.channels_last, "strata: prelu of the policy cpu has channels last");
};

template <key K, class F, class T, class Arch>
struct kernel<operations::prelu::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using rows = prelu_rows<K>;
        const std::ptrdiff_t first = c.first * K.x.size();
        prelu_values<T, Arch>(c.at[0] + first, c.at[0] + first, c.at[1], c.at[2] + first,
                              (c.last - c.first) * rows::in_sample, rows::size, rows::shared);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::prelu_input_gradient::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using rows = prelu_rows<K>;
        const std::ptrdiff_t first = c.first * K.x.size();
        prelu_values<T, Arch>(c.at[0] + first, c.at[2] + first, c.at[1], c.at[3] + first,
                              (c.last - c.first) * rows::in_sample, rows::size, rows::shared);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::prelu_slope_gradient::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using rows = prelu_rows<K>;
        const std::ptrdiff_t first = c.first * K.x.size();
        prelu_slope_gradients<T, Arch>(c.at[0] + first, c.at[1] + first, c.at[2], (c.last - c.first) * rows::in_sample,
                                       rows::size, rows::shared);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
