#pragma once
/// Kernels of scale_channels and its gradient, over pixels whose channels are adjacent, or over the one channel.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/lanes.hpp>
#include <strata/operations/join/scale_channels.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// One sample: rows of as many numbers as there are scales, or one scale for all.
template <class T, class Arch>
[[gnu::noinline]] void scale_rows(const T* x, const T* s, T* y, std::ptrdiff_t rows, int size) noexcept {
    using V = vec<T, Arch>;
    if (size == 1) {
        const V scale(s[0]);
        each_register<T, Arch>(
            rows, [&](std::ptrdiff_t i, int n) { store<T, Arch>(y + i, load<T, Arch>(x + i, n) * scale, n); });
        return;
    }
    for (; rows > 0; --rows, x += size, y += size)
        each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
            store<T, Arch>(y + i, load<T, Arch>(x + i, n) * load<T, Arch>(s + i, n), n);
        });
}

/// One sample: the sums of x · dy over the rows, in their order; four registers at a time.
template <class T, class Arch>
[[gnu::noinline]] void multiply_columns(const T* x, const T* dy, T* ds, std::ptrdiff_t rows, int size) noexcept {
    using V = vec<T, Arch>;
    constexpr int lanes = lanes_of<T, Arch>;
    if (size == 1) {
        V sum[4] = {V(T(0)), V(T(0)), V(T(0)), V(T(0))};
        each_register<T, Arch>(rows, [&](std::ptrdiff_t i, int n) {
            V& of = sum[i / lanes % 4];
            of = multiply_add<T, Arch>(load<T, Arch>(x + i, n), load<T, Arch>(dy + i, n), of);
        });
        ds[0] = first_of<T, Arch>(sum_of<T, Arch>((sum[0] + sum[1]) + (sum[2] + sum[3])));
        return;
    }
    const auto sum_columns = [&](int i, auto registers, int n) {
        constexpr int R = decltype(registers)::value;
        V sum[unsigned(R)];
        for (int v = 0; v < R; ++v) sum[v] = V(T(0));
        for (std::ptrdiff_t r = 0; r < rows; ++r)
            for (int v = 0; v < R; ++v) {
                const std::ptrdiff_t at = r * size + i + v * lanes;
                sum[v] = multiply_add<T, Arch>(load<T, Arch>(x + at, n), load<T, Arch>(dy + at, n), sum[v]);
            }
        for (int v = 0; v < R; ++v) store<T, Arch>(ds + i + v * lanes, sum[v], n);
    };
    int i = 0;
    for (; i + 4 * lanes <= size; i += 4 * lanes) sum_columns(i, std::integral_constant<int, 4>(), lanes);
    for (; i < size; i += lanes) sum_columns(i, std::integral_constant<int, 1>(), size - i < lanes ? size - i : lanes);
}

template <key K, class F, class T, class Arch>
struct kernel<operations::scale_channels::kind, K, F, T, Arch> {
    static_assert(K.channels_last || K.x.d0 == 1 || positions_of(K.x) == 1, "strata: the policy cpu has channels last");
    static void run(const call<T>& c) noexcept {
        constexpr std::ptrdiff_t size = K.x.size(), channels = K.x.d0;
        for (int n = c.first; n < c.last; ++n)
            scale_rows<T, Arch>(c.at[0] + n * size, c.at[1] + n * channels, c.at[2] + n * size, size / channels,
                                static_cast<int>(channels));
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::channel_products::kind, K, F, T, Arch> {
    static_assert(K.channels_last || K.x.d0 == 1 || positions_of(K.x) == 1, "strata: the policy cpu has channels last");
    static void run(const call<T>& c) noexcept {
        constexpr std::ptrdiff_t size = K.x.size(), channels = K.x.d0;
        for (int n = c.first; n < c.last; ++n)
            multiply_columns<T, Arch>(c.at[0] + n * size, c.at[1] + n * size, c.at[2] + n * channels, size / channels,
                                      static_cast<int>(channels));
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
