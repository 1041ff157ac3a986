#pragma once
/// gaussian_divergence — the Kullback-Leibler divergence of two diagonal Gaussians, each given as its means m and the
/// logarithms v of its variances: the first half of the channels, and the second. Per sample, over all pairs,
///   loss = sum (vt − v + (exp(v) + (m − mt)²) / exp(vt) − 1) / 2
/// The gradient is that of the batch's mean.
#include <strata/call/definition.hpp>
#include <strata/plan/gradients.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x = m and v, t = mt and vt → loss [1], (dx)
struct gaussian_divergence {
    static constexpr const char* name = "gaussian_divergence";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return 12 * k.x.size(); }
};

/// An item is a sample.
template <key K, class F>
struct definition<gaussian_divergence::kind, K, F> {
    static constexpr long long items = 1;
    static constexpr bool runs_on_cpu = true;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        using std::exp;
        constexpr int half = K.x.channels() / 2, positions = K.x.positions();
        const double weight = static_cast<double>(c.weight(i)), part = weight / static_cast<double>(c.batch);
        double sum = 0;
        for (int k = 0; k < half; ++k)
            for (int p = 0; p < positions; ++p) {
                const long long m = place(i, k, p), v = place(i, k + half, p);
                const double mean = number(c.at[0][m]) - number(c.at[1][m]);
                const double precision = exp(-number(c.at[1][v])), ratio = exp(number(c.at[0][v]) - number(c.at[1][v]));
                sum += number(c.at[1][v]) - number(c.at[0][v]) + ratio + mean * mean * precision - 1;
                if constexpr (K.gradient) {
                    c.at[3][m] = T(part * mean * precision);
                    c.at[3][v] = T(part * 0.5 * (ratio - 1));
                }
            }
        c.at[2][i] = T(weight * 0.5 * sum);
    }

  private:
    template <class T>
    STRATA_HD static double number(T x) {
        return static_cast<double>(x);
    }
    STRATA_HD static long long place(long long n, int k, int p) {
        constexpr int channels = K.x.channels(), positions = K.x.positions();
        return n * K.x.size()
               + (K.channels_last || K.x.axes == role::sequence ? 1LL * p * channels + k : 1LL * k * positions + p);
    }
};

} // namespace strata::inline STRATA_ABI::operations
