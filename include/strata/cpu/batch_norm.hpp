#pragma once
/// Kernels of batch_norm, over rows of C channels: pixels of channels-last images, or flat samples.
#include <strata/cpu/kernel.hpp>

#include <cmath>

namespace strata::inline v0_1::on_cpu {

/// Rows of C numbers in a task of samples.
template <key K, class T>
struct channel_rows {
    static constexpr int C = K.x.d0;
    static constexpr int per_sample = positions_of(K.x);
    std::ptrdiff_t first, count;
    explicit channel_rows(const call<T>& c)
        : first(std::ptrdiff_t(c.first) * per_sample), count(std::ptrdiff_t(c.last - c.first) * per_sample) {}
};

template <key K, class F, class T, class Arch>
struct kernel<op::batch_moments, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using V = vec<T, Arch>;
        const channel_rows<K, T> rows(c);
        constexpr int C = K.x.d0;
        const T* const x = c.at[0] + rows.first * C;
        T* const moments = c.at[1];
        each_register<T, Arch>(C, [&](std::ptrdiff_t ch, int n) {
            V sum(T(0));
            for (std::ptrdiff_t r = 0; r < rows.count; ++r) sum += load<T, Arch>(x + r * C + ch, n);
            const V mean = sum / V(static_cast<T>(rows.count));
            V squares(T(0));
            for (std::ptrdiff_t r = 0; r < rows.count; ++r) {
                const V d = load<T, Arch>(x + r * C + ch, n) - mean;
                squares = multiply_add<T, Arch>(d, d, squares);
            }
            store<T, Arch>(moments + ch, mean, n);
            store<T, Arch>(moments + C + ch, squares, n);
        });
    }
};

template <key K, class F, class T, class Arch>
struct kernel<op::batch_statistics, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int C = K.x.d0, positions = positions_of(K.x);
        constexpr std::ptrdiff_t stride = padded_to(2LL * C, alignment_elements);
        T* const running_mean = c.at[1];
        T* const running_variance = c.at[2];
        T* const statistics = c.at[3];
        for (int ch = 0; ch < C; ++ch) {
            double count = 0, mean = 0, squares = 0;
            for (int chunk = 0; chunk < c.chunks; ++chunk) {
                const int samples = chunk + 1 < c.chunks ? c.chunk_size : c.batch - chunk * c.chunk_size;
                const double m = static_cast<double>(samples) * positions;
                const double d = static_cast<double>(c.at[0][chunk * stride + ch]) - mean;
                mean += d * m / (count + m);
                squares += static_cast<double>(c.at[0][chunk * stride + C + ch]) + d * d * count * m / (count + m);
                count += m;
            }
            const double variance = squares / count;
            statistics[ch] = static_cast<T>(mean);
            statistics[C + ch] = static_cast<T>(1 / std::sqrt(variance + static_cast<double>(K.real)));
            running_mean[ch] += static_cast<T>(K.momentum * (mean - static_cast<double>(running_mean[ch])));
            if (count <= 1) continue; // one number has no unbiased variance
            const double unbiased = squares / (count - 1);
            running_variance[ch] += static_cast<T>(K.momentum * (unbiased - static_cast<double>(running_variance[ch])));
        }
    }
};

template <key K, class F, class T, class Arch>
struct kernel<op::batch_norm, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using V = vec<T, Arch>;
        const channel_rows<K, T> rows(c);
        constexpr int C = K.x.d0;
        const T* const x = c.at[0] + rows.first * C;
        T* const y = c.at[4] + rows.first * C;
        each_register<T, Arch>(C, [&](std::ptrdiff_t ch, int n) {
            const V scale = load<T, Arch>(c.at[2] + ch, n) * load<T, Arch>(c.at[1] + C + ch, n);
            const V mean = load<T, Arch>(c.at[1] + ch, n), beta = load<T, Arch>(c.at[3] + ch, n);
            for (std::ptrdiff_t r = 0; r < rows.count; ++r) {
                const V d = load<T, Arch>(x + r * C + ch, n) - mean;
                store<T, Arch>(y + r * C + ch, multiply_add<T, Arch>(d, scale, beta), n);
            }
        });
    }
};

template <key K, class F, class T, class Arch>
struct kernel<op::batch_norm_inference, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using V = vec<T, Arch>;
        const channel_rows<K, T> rows(c);
        constexpr int C = K.x.d0;
        const T* const x = c.at[0] + rows.first * C;
        T* const y = c.at[5] + rows.first * C;
        each_register<T, Arch>(C, [&](std::ptrdiff_t ch, int n) {
            const V scale = load<T, Arch>(c.at[1] + ch, n) / xsimd::sqrt(load<T, Arch>(c.at[4] + ch, n) + V(T(K.real)));
            const V mean = K.backward ? V(T(0)) : load<T, Arch>(c.at[3] + ch, n);
            const V beta = K.backward ? V(T(0)) : load<T, Arch>(c.at[2] + ch, n);
            for (std::ptrdiff_t r = 0; r < rows.count; ++r) {
                const V d = load<T, Arch>(x + r * C + ch, n) - mean;
                store<T, Arch>(y + r * C + ch, multiply_add<T, Arch>(d, scale, beta), n);
            }
        });
    }
};

template <key K, class F, class T, class Arch>
struct kernel<op::batch_norm_sums, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using V = vec<T, Arch>;
        const channel_rows<K, T> rows(c);
        constexpr int C = K.x.d0;
        const T* const x = c.at[0] + rows.first * C;
        const T* const dy = c.at[2] + rows.first * C;
        each_register<T, Arch>(C, [&](std::ptrdiff_t ch, int n) {
            const V mean = load<T, Arch>(c.at[1] + ch, n), inverse = load<T, Arch>(c.at[1] + C + ch, n);
            V sum(T(0)), products(T(0));
            for (std::ptrdiff_t r = 0; r < rows.count; ++r) {
                const V g = load<T, Arch>(dy + r * C + ch, n);
                sum += g;
                products = multiply_add<T, Arch>(g, (load<T, Arch>(x + r * C + ch, n) - mean) * inverse, products);
            }
            store<T, Arch>(c.at[3] + ch, sum, n);
            store<T, Arch>(c.at[3] + C + ch, products, n);
        });
    }
};

template <key K, class F, class T, class Arch>
struct kernel<op::batch_norm_parameter_gradient, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int C = K.x.d0;
        constexpr std::ptrdiff_t stride = padded_to(2LL * C, alignment_elements);
        for (int ch = 0; ch < C; ++ch) {
            T dgamma = 0, dbeta = 0;
            for (int chunk = 0; chunk < c.chunks; ++chunk) {
                dbeta += c.at[0][chunk * stride + ch];
                dgamma += c.at[0][chunk * stride + C + ch];
            }
            c.at[1][ch] = dgamma;
            c.at[2][ch] = dbeta;
        }
    }
};

template <key K, class F, class T, class Arch>
struct kernel<op::batch_norm_input_gradient, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        using V = vec<T, Arch>;
        const channel_rows<K, T> rows(c);
        constexpr int C = K.x.d0;
        const T* const x = c.at[0] + rows.first * C;
        const T* const dy = c.at[3] + rows.first * C;
        T* const dx = c.at[6] + rows.first * C;
        const V share(T(1) / (static_cast<T>(c.batch) * static_cast<T>(positions_of(K.x))));
        each_register<T, Arch>(C, [&](std::ptrdiff_t ch, int n) {
            const V mean = load<T, Arch>(c.at[1] + ch, n), inverse = load<T, Arch>(c.at[1] + C + ch, n);
            const V scale = load<T, Arch>(c.at[2] + ch, n) * inverse;
            const V dgamma = load<T, Arch>(c.at[4] + ch, n) * share, dbeta = load<T, Arch>(c.at[5] + ch, n) * share;
            for (std::ptrdiff_t r = 0; r < rows.count; ++r) {
                const V normal = (load<T, Arch>(x + r * C + ch, n) - mean) * inverse;
                const V g = load<T, Arch>(dy + r * C + ch, n) - dbeta - normal * dgamma;
                store<T, Arch>(dx + r * C + ch, scale * g, n);
            }
        });
    }
};

template <key K, class F, class T, class Arch>
struct kernel<op::fold_batch_norm, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int C = K.x.d0;
        T* const scale = c.at[K.bias ? 5 : 4];
        T* const shift = c.at[K.bias ? 6 : 5];
        for (int ch = 0; ch < C; ++ch) {
            scale[ch] = c.at[0][ch] / std::sqrt(c.at[3][ch] + T(K.real));
            shift[ch] = c.at[1][ch] + ((K.bias ? c.at[4][ch] : T(0)) - c.at[2][ch]) * scale[ch];
        }
    }
};

} // namespace strata::inline v0_1::on_cpu
