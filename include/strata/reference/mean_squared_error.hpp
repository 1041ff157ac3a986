#pragma once
/// Kernel of mean_squared_error.
#include <strata/reference/kernel.hpp>
#include <strata/run/views.hpp>

namespace strata::inline v0_1::on_reference {

/// loss = sum_e (x[e] − t[e])² / E,  dx = 2 (x − t) / (E N)
template <key K, class F, class T> struct kernel<op::mean_squared_error, K, F, T> {
    static void run(const call<T>& c) noexcept {
        constexpr auto elements = double(K.x.size());
        for (int n = c.first; n < c.last; ++n) {
            const T *x = sample(c.at[0], n, K.x), *t = sample(c.at[1], n, K.x);
            double sum = 0;
            for (int e = 0; e < K.x.size(); ++e) {
                const double difference = double(x[e]) - double(t[e]);
                sum += difference * difference;
                if constexpr (K.gradient)
                    sample(c.at[3], n, K.x)[e] = T(2 * difference / (elements * c.batch));
            }
            c.at[2][n] = T(sum / elements);
        }
    }
};

} // namespace strata::inline v0_1::on_reference
