#pragma once
/// Kernels of batch_norm: per channel c of an image [C, H, W], per feature of a flat value (one pixel).
/// The statistics are [2, C]: mean[c], then 1 / sqrt(var[c] + epsilon).  xhat = (x − mean) / sqrt(var + epsilon)
#include <strata/cuda/kernel.hpp>
#include <strata/operations/norm/batch_norm.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI::on_cuda {

/// xhat of one number of channel c.
template <key K, class T>
STRATA_HD T normalized(T x, const T* statistics, int c) {
    return (x - statistics[c]) * statistics[K.x.d0 + c];
}

/// Per channel of a chunk of m numbers:  mean = sum x / m,  M2 = sum (x − mean)².   Operands: x → partial [2, C]
template <key K, class F, class T>
struct kernel<operations::batch_moments::kind, K, F, T> {
    static constexpr int C = K.x.d0, pixels = positions_of(K.x);

    STRATA_HD static long long items(const call<T>& c) { return 1LL * c.chunks * C; }
    STRATA_HD static void item(const call<T>& c, long long i) {
        const int chunk = static_cast<int>(i / C), ch = static_cast<int>(i % C);
        const samples_of_chunk samples(c, chunk);
        T sum = 0, squares = 0;
        for (int n = samples.first; n < samples.last; ++n)
            for (int p = 0; p < pixels; ++p) sum += channels_of(c.at[0], n, K.x)(ch, p);
        const T mean = sum / (T(samples.last - samples.first) * T(pixels));
        for (int n = samples.first; n < samples.last; ++n)
            for (int p = 0; p < pixels; ++p) {
                const T deviation = channels_of(c.at[0], n, K.x)(ch, p) - mean;
                squares += deviation * deviation;
            }
        T* const partial = partial_of_chunk(c.at[1], chunk, 2 * C);
        partial[ch] = mean;
        partial[C + ch] = squares;
    }
};

/// Joins the chunks (Chan, Golub & LeVeque 1983) and moves the running moments; a single number has no unbiased
/// variance and does not move the running one.
/// Operands: partial, running mean, running variance → statistics [2, C]
template <key K, class F, class T>
struct kernel<operations::batch_statistics::kind, K, F, T> {
    static constexpr int C = K.x.d0;

    STRATA_HD static long long items(const call<T>&) { return C; }
    STRATA_HD static void item(const call<T>& c, long long ch) {
        using std::sqrt;
        double count = 0, mean = 0, squares = 0;
        for (int j = 0; j < c.chunks; ++j) {
            const samples_of_chunk samples(c, j);
            const double more = double(samples.last - samples.first) * positions_of(K.x);
            const T* const partial = partial_of_chunk(c.at[0], j, 2 * C);
            const double d = double(partial[ch]) - mean;
            mean += d * more / (count + more);
            squares += double(partial[C + ch]) + d * d * count * more / (count + more);
            count += more;
        }
        const double variance = squares / count;
        c.at[3][ch] = T(mean);
        c.at[3][C + ch] = T(1 / sqrt(variance + K.real));
        follow(c.at[1][ch], mean);
        if (count > 1) follow(c.at[2][ch], squares / (count - 1));
    }

  private:
    /// running += momentum · (batch's − running)
    STRATA_HD static void follow(T& running, double batch) {
        running = T(double(running) + K.momentum * (batch - double(running)));
    }
};

/// y = gamma[c] · xhat + beta[c].   Operands: x, statistics, gamma, beta → y
template <key K, class F, class T>
struct kernel<operations::batch_norm::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.x.size(); }
    STRATA_HD static void item(const call<T>& c, long long i) {
        const int ch = static_cast<int>(i % K.x.size()) / positions_of(K.x);
        c.at[4][i] = c.at[2][ch] * normalized<K>(c.at[0][i], c.at[1], ch) + c.at[3][ch];
    }
};

/// y = gamma[c] · (x − mean[c]) / sqrt(var[c] + epsilon) + beta[c]; backward: without mean and beta.
/// Operands: x, gamma, beta, mean, variance → y
template <key K, class F, class T>
struct kernel<operations::batch_norm_inference::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.x.size(); }
    STRATA_HD static void item(const call<T>& c, long long i) {
        using std::sqrt;
        const int ch = static_cast<int>(i % K.x.size()) / positions_of(K.x);
        const T beta = K.scale_only ? T(0) : c.at[2][ch], mean = K.scale_only ? T(0) : c.at[3][ch];
        c.at[5][i] = c.at[1][ch] * (c.at[0][i] - mean) / sqrt(c.at[4][ch] + T(K.real)) + beta;
    }
};

/// Per channel of a chunk:  sum of dy,  sum of dy · xhat.   Operands: x, statistics, dy → partial [2, C]
template <key K, class F, class T>
struct kernel<operations::batch_norm_sums::kind, K, F, T> {
    static constexpr int C = K.x.d0;

    STRATA_HD static long long items(const call<T>& c) { return 1LL * c.chunks * C; }
    STRATA_HD static void item(const call<T>& c, long long i) {
        const int chunk = static_cast<int>(i / C), ch = static_cast<int>(i % C);
        const samples_of_chunk samples(c, chunk);
        T sum = 0, products = 0;
        for (int n = samples.first; n < samples.last; ++n)
            for (int p = 0; p < positions_of(K.x); ++p) {
                const T dy = channels_of(c.at[2], n, K.x)(ch, p);
                sum += dy;
                products += dy * normalized<K>(channels_of(c.at[0], n, K.x)(ch, p), c.at[1], ch);
            }
        T* const partial = partial_of_chunk(c.at[3], chunk, 2 * C);
        partial[ch] = sum;
        partial[C + ch] = products;
    }
};

/// dgamma = sum of dy · xhat,  dbeta = sum of dy,  over the chunks in their order.   Operands: partial → dgamma, dbeta
template <key K, class F, class T>
struct kernel<operations::batch_norm_parameter_gradient::kind, K, F, T> {
    static constexpr int C = K.x.d0;

    STRATA_HD static long long items(const call<T>&) { return C; }
    STRATA_HD static void item(const call<T>& c, long long ch) {
        double dgamma = 0, dbeta = 0;
        for (int j = 0; j < c.chunks; ++j) {
            const T* const partial = partial_of_chunk(c.at[0], j, 2 * C);
            dbeta += partial[ch];
            dgamma += partial[C + ch];
        }
        c.at[1][ch] = T(dgamma);
        c.at[2][ch] = T(dbeta);
    }
};

/// dx = gamma / sqrt(var + epsilon) · (dy − (dbeta + xhat · dgamma) / M),  M numbers per channel in the batch
/// Operands: x, statistics, gamma, dy, dgamma, dbeta → dx
template <key K, class F, class T>
struct kernel<operations::batch_norm_input_gradient::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.x.size(); }
    STRATA_HD static void item(const call<T>& c, long long i) {
        const int ch = static_cast<int>(i % K.x.size()) / positions_of(K.x);
        const T M = T(c.batch) * T(positions_of(K.x)), scale = c.at[2][ch] * c.at[1][K.x.d0 + ch];
        const T xhat = normalized<K>(c.at[0][i], c.at[1], ch);
        c.at[6][i] = scale * (c.at[3][i] - (c.at[5][ch] + xhat * c.at[4][ch]) / M);
    }
};

/// scale = gamma / sqrt(var + epsilon),  shift = beta + (b − mean) · scale
/// Operands: gamma, beta, mean, variance, (b) → scale, shift
template <key K, class F, class T>
struct kernel<operations::fold_batch_norm::kind, K, F, T> {
    static constexpr int out = K.bias ? 5 : 4;

    STRATA_HD static long long items(const call<T>&) { return K.x.d0; }
    STRATA_HD static void item(const call<T>& c, long long ch) {
        using std::sqrt;
        const double scale = double(c.at[0][ch]) / sqrt(double(c.at[3][ch]) + K.real);
        const double b = K.bias ? double(c.at[4][ch]) : 0.0;
        c.at[out][ch] = T(scale);
        c.at[out + 1][ch] = T(double(c.at[1][ch]) + (b - double(c.at[2][ch])) * scale);
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
