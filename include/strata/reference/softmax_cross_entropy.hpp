#pragma once
/// Kernel of softmax_cross_entropy.
#include <strata/call/views.hpp>
#include <strata/operations/loss/softmax_cross_entropy.hpp>
#include <strata/reference/kernel.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI::on_reference {

/// loss = − sum_k t[k] · log softmax(x)[k],  dx = (softmax(x) · sum t − t) / N,
/// with log softmax(x)[k] = x[k] − log sum_j exp(x[j]), the largest x taken out of the exponentials.
/// Both are multiplied by the weight of the sample.
/// A term with t[k] = 0 is 0, even where x[k] is minus infinity; a score that is not a number breaks the loss, wherever
/// it stands.
template <key K, class F, class T>
struct kernel<operations::softmax_cross_entropy::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        constexpr int classes = K.x.d0;
        for (int n = c.first; n < c.last; ++n) {
            const T *x = sample(c.at[0], n, K.x), *t = sample(c.at[1], n, K.x);
            const auto weight = double(c.weight(n));
            double largest = x[0], sum = 0, loss = 0, total = 0;
            for (int k = 1; k < classes; ++k) largest = std::fmax(largest, double(x[k]));
            for (int k = 0; k < classes; ++k) sum += std::exp(double(x[k]) - largest);
            const double log_sum = largest + std::log(sum);
            for (int k = 0; k < classes; ++k) {
                if (t[k] != T(0)) loss -= double(t[k]) * (double(x[k]) - log_sum);
                total += t[k];
            }
            c.at[2][n] = T(std::isnan(sum) ? sum : weight * loss);
            if constexpr (K.gradient) {
                T* dx = sample(c.at[3], n, K.x);
                for (int k = 0; k < classes; ++k) {
                    const double softmax = std::exp(double(x[k]) - log_sum);
                    dx[k] = T(weight * (softmax * total - double(t[k])) / c.batch);
                }
            }
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
