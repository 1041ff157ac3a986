#pragma once
/// Kernel of softmax_cross_entropy, one thread per sample.
///   loss = − sum_k t[k] · log softmax(x)[k],  dx = (softmax(x) · sum t − t) / N,
///   log softmax(x)[k] = x[k] − log sum_j exp(x[j]), the largest x taken out of the exponentials.
/// Both are multiplied by the weight of the sample. A term with t[k] = 0 is 0, even where x[k] is minus infinity. A NaN
/// score makes the loss NaN, wherever it is.
#include <strata/cuda/kernel.hpp>
#include <strata/operations/loss/softmax_cross_entropy.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI::on_cuda {

template <key K, class F, class T>
struct kernel<operations::softmax_cross_entropy::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch; }
    STRATA_HD static void item(const call<T>& c, long long n) {
        using std::exp, std::log, std::fmax;
        constexpr int classes = K.x.d0;
        const T *const x = c.at[0] + n * classes, *const t = c.at[1] + n * classes;
        const T weight = c.weight(n);
        T largest = x[0], sum = 0, loss = 0, total = 0;
        for (int k = 1; k < classes; ++k) largest = fmax(largest, x[k]);
        for (int k = 0; k < classes; ++k) sum += exp(x[k] - largest);
        const T log_sum = largest + log(sum);
        for (int k = 0; k < classes; ++k) {
            if (t[k] != T(0)) loss -= t[k] * (x[k] - log_sum);
            total += t[k];
        }
        c.at[2][n] = sum == sum ? weight * loss : sum;
        if constexpr (K.gradient)
            for (int k = 0; k < classes; ++k)
                c.at[3][n * classes + k] = weight * ((exp(x[k] - log_sum) * total - t[k]) / T(c.batch));
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
