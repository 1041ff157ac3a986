#pragma once
/// Kernels of batch_norm: per channel c of an image [C, H, W], per feature of a flat value (one pixel).
/// The statistics are [2, C]: mean[c], then 1 / sqrt(var[c] + epsilon).  xhat = (x − mean) / sqrt(var + epsilon)
#include <strata/call/views.hpp>
#include <strata/operations/norm/batch_norm.hpp>
#include <strata/reference/kernel.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace strata::inline STRATA_ABI::on_reference {

/// xhat of one number of channel c.
template <key K, class T>
double normalized(T x, const T* statistics, int c) {
    return (double(x) - double(statistics[c])) * double(statistics[K.x.d0 + c]);
}

/// A partial [2, C] of chunk j of the batch.
template <key K, class T>
matrix_view<T> partial_of_chunk(T* partials, int j) {
    constexpr std::ptrdiff_t stride = padded_to(2LL * K.x.d0, alignment_elements);
    return {partials + j * stride, K.x.d0};
}

/// Per channel of this chunk of m numbers:  mean = sum x / m,  M2 = sum (x − mean)²
/// Operands: x → partial [2, C]
template <key K, class F, class T>
struct kernel<operations::batch_moments::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        const matrix_view<T> partial{c.at[1], K.x.d0};
        for (int ch = 0; ch < K.x.d0; ++ch) {
            double sum = 0, squares = 0;
            for (int n = c.first; n < c.last; ++n)
                for (int p = 0; p < positions_of(K.x); ++p) sum += channels_of(c.at[0], n, K.x)(ch, p);
            const double mean = sum / (double(c.last - c.first) * positions_of(K.x));
            for (int n = c.first; n < c.last; ++n)
                for (int p = 0; p < positions_of(K.x); ++p) {
                    const double deviation = double(channels_of(c.at[0], n, K.x)(ch, p)) - mean;
                    squares += deviation * deviation;
                }
            partial(0, ch) = T(mean);
            partial(1, ch) = T(squares);
        }
    }
};

/// Joins the chunks, two sets of numbers at a time:  d = mean' − mean,
///   mean += d · m' / (m + m'),  M2 += M2' + d² · m · m' / (m + m');   var = M2 / m, unbiased M2 / (m − 1)
/// Of one number there is no unbiased variance: the running variance stays as it is.
/// Operands: partial, running mean, running variance (both moved as well) → statistics [2, C]
/// Source: Chan, Golub & LeVeque 1983
template <key K, class F, class T>
struct kernel<operations::batch_statistics::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        T *running_mean = c.at[1], *running_variance = c.at[2];
        const matrix_view<T> statistics{c.at[3], K.x.d0};
        for (int ch = 0; ch < K.x.d0; ++ch) {
            double count = 0, mean = 0, squares = 0;
            for (int j = 0; j < c.chunks; ++j) {
                const int samples = std::min(c.chunk_size, c.batch - j * c.chunk_size);
                const double more = double(samples) * positions_of(K.x);
                const auto partial = partial_of_chunk<K>(c.at[0], j);
                const double d = double(partial(0, ch)) - mean;
                mean += d * more / (count + more);
                squares += double(partial(1, ch)) + d * d * count * more / (count + more);
                count += more;
            }
            const double variance = squares / count;
            statistics(0, ch) = T(mean);
            statistics(1, ch) = T(1 / std::sqrt(variance + K.real));
            follow(running_mean[ch], mean);
            if (count > 1) follow(running_variance[ch], squares / (count - 1));
        }
    }

  private:
    /// running += momentum · (batch's − running)
    static void follow(T& running, double batch) {
        const double before = running;
        running = T(before + K.momentum * (batch - before));
    }
};

/// y = gamma[c] · xhat + beta[c]
/// Operands: x, statistics, gamma, beta → y
template <key K, class F, class T>
struct kernel<operations::batch_norm::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const auto x = channels_of(c.at[0], n, K.x), y = channels_of(c.at[4], n, K.x);
            for (int ch = 0; ch < K.x.d0; ++ch)
                for (int p = 0; p < positions_of(K.x); ++p)
                    y(ch, p) = T(double(c.at[2][ch]) * normalized<K>(x(ch, p), c.at[1], ch) + double(c.at[3][ch]));
        }
    }
};

/// y = gamma[c] · (x − mean[c]) / sqrt(var[c] + epsilon) + beta[c];
/// backward: dx = gamma[c] · dy / sqrt(var[c] + epsilon)
/// Operands: x, gamma, beta, mean, variance → y
template <key K, class F, class T>
struct kernel<operations::batch_norm_inference::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const auto x = channels_of(c.at[0], n, K.x), y = channels_of(c.at[5], n, K.x);
            for (int ch = 0; ch < K.x.d0; ++ch) {
                const double gamma = c.at[1][ch], beta = K.scale_only ? T(0) : c.at[2][ch];
                const double mean = K.scale_only ? T(0) : c.at[3][ch], variance = c.at[4][ch];
                for (int p = 0; p < positions_of(K.x); ++p)
                    y(ch, p) = T(gamma * (double(x(ch, p)) - mean) / std::sqrt(variance + K.real) + beta);
            }
        }
    }
};

/// Per channel of this chunk:  sum of dy,  sum of dy · xhat
/// Operands: x, statistics, dy → partial [2, C]
template <key K, class F, class T>
struct kernel<operations::batch_norm_sums::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        const matrix_view<T> partial{c.at[3], K.x.d0};
        for (int ch = 0; ch < K.x.d0; ++ch) {
            double sum = 0, products = 0;
            for (int n = c.first; n < c.last; ++n)
                for (int p = 0; p < positions_of(K.x); ++p) {
                    const double dy = channels_of(c.at[2], n, K.x)(ch, p);
                    sum += dy;
                    products += dy * normalized<K>(channels_of(c.at[0], n, K.x)(ch, p), c.at[1], ch);
                }
            partial(0, ch) = T(sum);
            partial(1, ch) = T(products);
        }
    }
};

/// dgamma = sum of dy · xhat,  dbeta = sum of dy,  over the chunks in their order
/// Operands: partial [2, C] → dgamma, dbeta
template <key K, class F, class T>
struct kernel<operations::batch_norm_parameter_gradient::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int ch = 0; ch < K.x.d0; ++ch) {
            double dgamma = 0, dbeta = 0;
            for (int j = 0; j < c.chunks; ++j) {
                dbeta += partial_of_chunk<K>(c.at[0], j)(0, ch);
                dgamma += partial_of_chunk<K>(c.at[0], j)(1, ch);
            }
            c.at[1][ch] = T(dgamma);
            c.at[2][ch] = T(dbeta);
        }
    }
};

/// dx = gamma / sqrt(var + epsilon) · (dy − (dbeta + xhat · dgamma) / M),  M numbers per channel in the batch
/// Operands: x, statistics, gamma, dy, dgamma, dbeta → dx
template <key K, class F, class T>
struct kernel<operations::batch_norm_input_gradient::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        const double M = double(c.batch) * positions_of(K.x);
        for (int n = c.first; n < c.last; ++n) {
            const auto x = channels_of(c.at[0], n, K.x), dy = channels_of(c.at[3], n, K.x);
            const auto dx = channels_of(c.at[6], n, K.x);
            for (int ch = 0; ch < K.x.d0; ++ch) {
                const double scale = double(c.at[2][ch]) * double(c.at[1][K.x.d0 + ch]);
                const double dgamma = c.at[4][ch], dbeta = c.at[5][ch];
                for (int p = 0; p < positions_of(K.x); ++p) {
                    const double xhat = normalized<K>(x(ch, p), c.at[1], ch);
                    dx(ch, p) = T(scale * (double(dy(ch, p)) - (dbeta + xhat * dgamma) / M));
                }
            }
        }
    }
};

/// scale = gamma / sqrt(var + epsilon),  shift = beta + (b − mean) · scale
/// Operands: gamma, beta, mean, variance, (b) → scale, shift
template <key K, class F, class T>
struct kernel<operations::fold_batch_norm::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        T *scales = c.at[K.bias ? 5 : 4], *shifts = c.at[K.bias ? 6 : 5];
        for (int ch = 0; ch < K.x.d0; ++ch) {
            const double gamma = c.at[0][ch], beta = c.at[1][ch];
            const double mean = c.at[2][ch], variance = c.at[3][ch];
            const double b = K.bias ? double(c.at[4][ch]) : 0.0;
            const double scale = gamma / std::sqrt(variance + K.real);
            scales[ch] = T(scale);
            shifts[ch] = T(beta + (b - mean) * scale);
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
