#pragma once
/// Kernels of softmax, its gradient, and of softmax with cross-entropy: rows of features, or a pixel's channels.
#include <strata/cpu/kernel.hpp>

#include <cmath>
#include <limits>

namespace strata::inline v0_1::on_cpu {

/// y = exp(x − max x) for a row of `size` numbers; gives the maximum and the sum of y. One function for all shapes: the
/// exponential is long.
template <class T>
struct exponentials {
    T most, sum;
};
template <class T, class Arch>
[[gnu::noinline]] exponentials<T> exponentiate(const T* x, T* y, int size) noexcept {
    T most = x[0];
    for (int i = 1; i < size; ++i) most = x[i] > most || x[i] != x[i] ? x[i] : most;
    each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
        store<T, Arch>(y + i, elementary::exp(load<T, Arch>(x + i, n) - vec<T, Arch>(most)), n);
    });
    T sum = 0;
    for (int i = 0; i < size; ++i) sum += y[i];
    return {most, sum};
}

template <key K, class F, class T, class Arch>
struct kernel<op::softmax, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int row = K.x.d0, rows = positions_of(K.x);
        for (std::ptrdiff_t r = std::ptrdiff_t(c.first) * rows; r < std::ptrdiff_t(c.last) * rows; ++r) {
            T* const y = c.at[1] + r * row;
            const T share = T(1) / exponentiate<T, Arch>(c.at[0] + r * row, y, row).sum;
            for (int i = 0; i < row; ++i) y[i] *= share;
        }
    }
};

template <key K, class F, class T, class Arch>
struct kernel<op::softmax_gradient, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int row = K.x.d0, rows = positions_of(K.x);
        for (std::ptrdiff_t r = std::ptrdiff_t(c.first) * rows; r < std::ptrdiff_t(c.last) * rows; ++r) {
            const T* const y = c.at[0] + r * row;
            const T* const dy = c.at[1] + r * row;
            T* const dx = c.at[2] + r * row;
            T dot = 0;
            for (int i = 0; i < row; ++i) dot += y[i] * dy[i];
            for (int i = 0; i < row; ++i) dx[i] = y[i] * (dy[i] - dot);
        }
    }
};

template <key K, class F, class T, class Arch>
struct kernel<op::softmax_cross_entropy, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int row = K.x.d0;
        for (int s = c.first; s < c.last; ++s) {
            const T* const x = c.at[0] + std::ptrdiff_t(s) * row;
            const T* const t = c.at[1] + std::ptrdiff_t(s) * row;
            alignas(64) T own[K.gradient ? 1 : row];
            T* const y = K.gradient ? c.at[3] + std::ptrdiff_t(s) * row : own;
            const auto [most, sum] = exponentiate<T, Arch>(x, y, row);
            const T log_sum = std::log(sum) + most;
            T loss = 0, mass = 0;
            // a target of zero asks nothing of its score, not even that it be finite
            for (int i = 0; i < row; ++i) loss += t[i] != T(0) ? t[i] * (log_sum - x[i]) : T(0), mass += t[i];
            // a broken score makes a broken loss, wherever it stands
            c.at[2][s] = sum == sum ? loss : std::numeric_limits<T>::quiet_NaN();
            if constexpr (K.gradient) {
                const T share = mass / sum, mean = T(1) / static_cast<T>(c.batch);
                for (int i = 0; i < row; ++i) y[i] = (y[i] * share - t[i]) * mean;
            }
        }
    }
};

} // namespace strata::inline v0_1::on_cpu
