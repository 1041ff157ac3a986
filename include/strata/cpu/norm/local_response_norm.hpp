#pragma once
/// Kernels of local_response_norm and its gradient, over rows of C channels: pixels of channels-last images, or flat
/// samples. The squares of some rows stand in scratch, each row between zeros, so that every channel's window is
/// whole.
#include <strata/cpu/kernel.hpp>
#include <strata/operations/norm/local_response_norm.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// s^−Beta
template <class F, class T, class Arch>
[[gnu::always_inline]] inline vec<T, Arch> response_factor(const vec<T, Arch>& s) {
    using V = vec<T, Arch>;
    if constexpr (F::beta == 0.75) {
        const V root = square_root<T, Arch>(s);
        return quotient<T, Arch>(V(T(1)), root * square_root<T, Arch>(root));
    } else if constexpr (F::beta == 0.5) {
        return quotient<T, Arch>(V(T(1)), square_root<T, Arch>(s));
    } else if constexpr (F::beta == 1) {
        return quotient<T, Arch>(V(T(1)), s);
    } else {
        return elementary::exp(elementary::log(s) * V(static_cast<T>(-F::beta)));
    }
}

/// A row of `size` zeros, the channels, and zeros again: a register's loads may begin at each tap of the last channel.
template <class T, class Arch>
constexpr int padded_row(int channels, int size) {
    return channels + 2 * size + lanes_of<T, Arch>;
}
/// The sum of `size` neighbours for each number of a register.
template <class T, class Arch>
[[gnu::always_inline]] inline vec<T, Arch> sum_of_window(const T* first, int size) {
    vec<T, Arch> sum = vec<T, Arch>::load_unaligned(first);
    for (int tap = 1; tap < size; ++tap) sum += vec<T, Arch>::load_unaligned(first + tap);
    return sum;
}

/// k + alpha / S · the sums of a row's squares: `squares` is a padded row.
template <class F, class T, class Arch>
[[gnu::always_inline]] inline vec<T, Arch> response_of(const T* squares, std::ptrdiff_t i, int size) {
    using V = vec<T, Arch>;
    const V sum = sum_of_window<T, Arch>(squares + size + i - size / 2, size);
    return multiply_add<T, Arch>(sum, V(static_cast<T>(F::alpha / size)), V(static_cast<T>(F::k)));
}
template <class T, class Arch>
inline void square_row(const T* x, int channels, int size, T* squares) {
    each_register<T, Arch>(channels, [&](std::ptrdiff_t i, int n) {
        const vec<T, Arch> v = load<T, Arch>(x + i, n);
        (v * v).store_unaligned(squares + size + i); // behind the channels stand zeros, as `load` gives them
    });
}

/// Narrow rows that are squared before the first is read again: a load waits for stores that it overlaps in parts.
constexpr int rows_squared_ahead(int padded) { return padded > 512 ? 1 : padded < 64 ? 16 : 1024 / padded; }

template <class F, class T, class Arch>
[[gnu::noinline]] void local_response_norms(const T* x, T* y, std::ptrdiff_t rows, int channels, int size,
                                            T* squares) noexcept {
    const int padded = padded_row<T, Arch>(channels, size), ahead = rows_squared_ahead(padded);
    for (int i = 0; i < ahead * padded; ++i) squares[i] = T(0);
    for (int some = 0; rows > 0; rows -= some, x += some * channels, y += some * channels) {
        some = rows < ahead ? static_cast<int>(rows) : ahead;
        for (int r = 0; r < some; ++r) square_row<T, Arch>(x + r * channels, channels, size, squares + r * padded);
        for (int r = 0; r < some; ++r)
            each_register<T, Arch>(channels, [&](std::ptrdiff_t i, int n) {
                const vec<T, Arch> s = response_of<F, T, Arch>(squares + r * padded, i, size);
                const std::ptrdiff_t at = r * channels + i;
                store<T, Arch>(y + at, load<T, Arch>(x + at, n) * response_factor<F, T, Arch>(s), n);
            });
    }
}

template <class F, class T, class Arch>
[[gnu::noinline]] void local_response_norm_gradients(const T* x, const T* dy, T* dx, std::ptrdiff_t rows, int channels,
                                                     int size, T* squares, T* products) noexcept {
    using V = vec<T, Arch>;
    const int padded = padded_row<T, Arch>(channels, size), ahead = rows_squared_ahead(padded);
    const V slope(static_cast<T>(-2 * F::alpha * F::beta / size));
    for (int i = 0; i < ahead * padded; ++i) squares[i] = products[i] = T(0);
    for (int some = 0; rows > 0; rows -= some, x += some * channels, dy += some * channels, dx += some * channels) {
        some = rows < ahead ? static_cast<int>(rows) : ahead;
        for (int r = 0; r < some; ++r) square_row<T, Arch>(x + r * channels, channels, size, squares + r * padded);
        for (int r = 0; r < some; ++r)
            each_register<T, Arch>(channels, [&](std::ptrdiff_t i, int n) {
                const std::ptrdiff_t at = r * channels + i;
                const V s = response_of<F, T, Arch>(squares + r * padded, i, size);
                const V scaled = load<T, Arch>(dy + at, n) * response_factor<F, T, Arch>(s);
                store<T, Arch>(dx + at, scaled, n);
                quotient<T, Arch>(scaled * load<T, Arch>(x + at, n), s)
                    .store_unaligned(products + r * padded + size + i);
            });
        for (int r = 0; r < some; ++r)
            each_register<T, Arch>(channels, [&](std::ptrdiff_t i, int n) {
                const std::ptrdiff_t at = r * channels + i;
                const V sum = sum_of_window<T, Arch>(products + r * padded + size + i - (size - 1) / 2, size);
                const V direct = load<T, Arch>(dx + at, n);
                store<T, Arch>(dx + at, multiply_add<T, Arch>(load<T, Arch>(x + at, n) * slope, sum, direct), n);
            });
    }
}

template <key K, class F, class T, class Arch>
struct kernel<operations::local_response_norm::kind, K, F, T, Arch> {
    static constexpr int row = padded_row<T, Arch>(K.x.d0, K.win.kernel_h), scratch = rows_squared_ahead(row) * row;
    static void run(const call<T>& c) noexcept {
        const std::ptrdiff_t first = c.first * std::ptrdiff_t(K.x.size()),
                             rows = std::ptrdiff_t(c.last - c.first) * positions_of(K.x);
        local_response_norms<F, T, Arch>(c.at[0] + first, c.at[1] + first, rows, K.x.d0, K.win.kernel_h, c.scratch);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::local_response_norm_gradient::kind, K, F, T, Arch> {
    static constexpr int row = padded_row<T, Arch>(K.x.d0, K.win.kernel_h), all = rows_squared_ahead(row) * row,
                         scratch = 2 * all;
    static void run(const call<T>& c) noexcept {
        const std::ptrdiff_t first = c.first * std::ptrdiff_t(K.x.size()),
                             rows = std::ptrdiff_t(c.last - c.first) * positions_of(K.x);
        local_response_norm_gradients<F, T, Arch>(c.at[0] + first, c.at[1] + first, c.at[2] + first, rows, K.x.d0,
                                                  K.win.kernel_h, c.scratch, c.scratch + all);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
