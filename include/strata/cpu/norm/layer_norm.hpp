#pragma once
/// Kernels of layer_norm and its gradients, over rows of D numbers: flat samples, positions of sequences, or
/// pixels of channels-last images. D is a run-time number, so that all layers of a program share three functions. A row
/// is near when it is read again.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/lanes.hpp>
#include <strata/operations/norm/layer_norm.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline STRATA_ABI::on_cpu {

/// N sums over a row, each in all lanes: terms(sum, i, n) adds to sum[0] ... those of the n numbers from the i-th on.
/// Four registers at a time, each with sums of its own: one sum would wait for itself.
template <int N, class T, class Arch, class Terms>
[[gnu::always_inline]] inline void sum_row(int size, vec<T, Arch> (&total)[unsigned(N)], Terms&& terms) {
    using V = vec<T, Arch>;
    constexpr int lanes = lanes_of<T, Arch>;
    V sum[4][unsigned(N)];
#pragma GCC unroll 4
    for (int v = 0; v < 4; ++v)
#pragma GCC unroll 2
        for (int s = 0; s < N; ++s) sum[v][s] = V(T(0));
    int i = 0;
    for (; i + 4 * lanes <= size; i += 4 * lanes)
#pragma GCC unroll 4
        for (int v = 0; v < 4; ++v) terms(sum[v], i + v * lanes, lanes);
#pragma GCC unroll 4
    for (int v = 0; v < 4; ++v) {
        const int rest = size - i - v * lanes;
        if (rest > 0) terms(sum[v], i + v * lanes, rest < lanes ? rest : lanes);
    }
#pragma GCC unroll 2
    for (int s = 0; s < N; ++s) total[s] = sum_of<T, Arch>((sum[0][s] + sum[1][s]) + (sum[2][s] + sum[3][s]));
}

/// Without beta where it is null; without the mean where the rows are not `centred`.
template <class T, class Arch>
[[gnu::noinline]] void layer_norm_values(const T* x, const T* gamma, const T* beta, T* y, T* statistics,
                                         std::ptrdiff_t rows, int size, T epsilon, bool centred) noexcept {
    using V = vec<T, Arch>;
    const V zero(T(0)), count(static_cast<T>(size));
    for (; rows > 0; --rows, x += size, y += size, statistics += 2) {
        V mean[1] = {zero}, squares[1];
        if (centred) {
            sum_row<1, T, Arch>(size, mean, [&](V* sum, int i, int n) { *sum += load<T, Arch>(x + i, n); });
            mean[0] = quotient<T, Arch>(mean[0], count);
        }
        sum_row<1, T, Arch>(size, squares, [&](V* sum, int i, int n) {
            const V d = first_lanes<T, Arch>(load<T, Arch>(x + i, n) - mean[0], n, zero);
            *sum = multiply_add<T, Arch>(d, d, *sum);
        });
        const V variance = quotient<T, Arch>(squares[0], count) + V(epsilon);
        const V inverse = quotient<T, Arch>(V(T(1)), square_root<T, Arch>(variance));
        statistics[0] = first_of<T, Arch>(mean[0]), statistics[1] = first_of<T, Arch>(inverse);
        each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
            const V scaled = (load<T, Arch>(x + i, n) - mean[0]) * inverse, scale = load<T, Arch>(gamma + i, n);
            store<T, Arch>(y + i, multiply_add<T, Arch>(scaled, scale, beta ? load<T, Arch>(beta + i, n) : zero), n);
        });
    }
}

template <class T, class Arch>
[[gnu::noinline]] void layer_norm_input_gradients(const T* x, const T* statistics, const T* gamma, const T* dy, T* dx,
                                                  std::ptrdiff_t rows, int size, bool centred) noexcept {
    using V = vec<T, Arch>;
    const V count(static_cast<T>(size));
    for (; rows > 0; --rows, x += size, dy += size, dx += size, statistics += 2) {
        const V mean(statistics[0]), inverse(statistics[1]);
        V sums[2];
        sum_row<2, T, Arch>(size, sums, [&](V* sum, int i, int n) {
            const V g = load<T, Arch>(gamma + i, n) * load<T, Arch>(dy + i, n);
            sum[0] += g;
            sum[1] = multiply_add<T, Arch>(g, (load<T, Arch>(x + i, n) - mean) * inverse, sum[1]);
        });
        const V middle = centred ? quotient<T, Arch>(sums[0], count) : V(T(0));
        const V slope = quotient<T, Arch>(sums[1], count) * inverse;
        each_register<T, Arch>(size, [&](std::ptrdiff_t i, int n) {
            const V g = load<T, Arch>(gamma + i, n) * load<T, Arch>(dy + i, n) - middle;
            store<T, Arch>(dx + i, inverse * (g - (load<T, Arch>(x + i, n) - mean) * slope), n);
        });
    }
}

/// Sums over the rows, in their order. Four registers of columns at a time stay in registers; dbeta may be null.
template <class T, class Arch>
[[gnu::noinline]] void layer_norm_parameter_gradients(const T* x, const T* statistics, const T* dy, T* dgamma, T* dbeta,
                                                      std::ptrdiff_t rows, int size) noexcept {
    using V = vec<T, Arch>;
    constexpr int lanes = lanes_of<T, Arch>;
    const auto sum_columns = [&](int i, auto registers, int n) {
        constexpr int R = decltype(registers)::value;
        V scale[unsigned(R)], shift[unsigned(R)];
#pragma GCC unroll 4
        for (int v = 0; v < R; ++v) scale[v] = shift[v] = V(T(0));
        for (std::ptrdiff_t r = 0; r < rows; ++r) {
            const V mean(statistics[2 * r]), inverse(statistics[2 * r + 1]);
#pragma GCC unroll 4
            for (int v = 0; v < R; ++v) {
                const std::ptrdiff_t at = r * size + i + v * lanes;
                const V g = load<T, Arch>(dy + at, n);
                scale[v] = multiply_add<T, Arch>(g, (load<T, Arch>(x + at, n) - mean) * inverse, scale[v]);
                shift[v] += g;
            }
        }
#pragma GCC unroll 4
        for (int v = 0; v < R; ++v) {
            store<T, Arch>(dgamma + i + v * lanes, scale[v], n);
            if (dbeta != nullptr) store<T, Arch>(dbeta + i + v * lanes, shift[v], n);
        }
    };
    int i = 0;
    for (; i + 4 * lanes <= size; i += 4 * lanes) sum_columns(i, std::integral_constant<int, 4>(), lanes);
    for (; i < size; i += lanes) sum_columns(i, std::integral_constant<int, 1>(), size - i < lanes ? size - i : lanes);
}

template <key K, class F, class T, class Arch>
struct kernel<operations::layer_norm::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int size = K.x.d0, y = K.bias ? 3 : 2, rows = positions_of(K.x);
        const std::ptrdiff_t first = std::ptrdiff_t(c.first) * rows, count = std::ptrdiff_t(c.last - c.first) * rows;
        layer_norm_values<T, Arch>(c.at[0] + first * size, c.at[1], K.bias ? c.at[2] : nullptr, c.at[y] + first * size,
                                   c.at[y + 1] + 2 * first, count, size, T(static_cast<double>(K.real)), !K.scale_only);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::layer_norm_input_gradient::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int size = K.x.d0, rows = positions_of(K.x);
        const std::ptrdiff_t first = std::ptrdiff_t(c.first) * rows, count = std::ptrdiff_t(c.last - c.first) * rows;
        layer_norm_input_gradients<T, Arch>(c.at[0] + first * size, c.at[1] + 2 * first, c.at[2],
                                            c.at[3] + first * size, c.at[4] + first * size, count, size, !K.scale_only);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::layer_norm_parameter_gradient::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int size = K.x.d0, rows = positions_of(K.x);
        const std::ptrdiff_t first = std::ptrdiff_t(c.first) * rows, count = std::ptrdiff_t(c.last - c.first) * rows;
        layer_norm_parameter_gradients<T, Arch>(c.at[0] + first * size, c.at[1] + 2 * first, c.at[2] + first * size,
                                                c.at[3], K.bias ? c.at[4] : nullptr, count, size);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
