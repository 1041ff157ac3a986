#pragma once
/// Kernel of elementwise_loss. The function is evaluated in double, whatever T is.
#include <strata/call/views.hpp>
#include <strata/operations/loss/elementwise_loss.hpp>
#include <strata/reference/kernel.hpp>

namespace strata::inline STRATA_ABI::on_reference {

/// loss = sum_e f(x[e], t[e]) / E,  dx = df(x, t) / (E N), both times the weight of the sample
template <key K, class F, class T>
struct kernel<operations::elementwise_loss::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        constexpr auto elements = double(K.x.size());
        for (int n = c.first; n < c.last; ++n) {
            const T *x = sample(c.at[0], n, K.x), *t = sample(c.at[1], n, K.x);
            const auto weight = double(c.weight(n));
            double sum = 0;
            for (int e = 0; e < K.x.size(); ++e) {
                sum += double(F::f(double(x[e]), double(t[e])));
                if constexpr (K.gradient)
                    sample(c.at[3], n, K.x)[e] =
                        T(weight * double(F::df(double(x[e]), double(t[e]))) / (elements * c.batch));
            }
            c.at[2][n] = T(weight * sum / elements);
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
