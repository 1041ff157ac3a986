#pragma once
/// Kernel of mean_squared_error, a thread a sample:  loss = sum_e (x[e] − t[e])² / E,  dx = 2 (x − t) / (E N)
#include <strata/cuda/kernel.hpp>

namespace strata::inline v0_1::on_cuda {

template <key K, class F, class T>
struct kernel<op::mean_squared_error, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch; }
    STRATA_HD static void item(const call<T>& c, long long n) {
        constexpr int size = static_cast<int>(K.x.size());
        const T *const x = c.at[0] + n * size, *const t = c.at[1] + n * size;
        T sum = 0;
        for (int e = 0; e < size; ++e) {
            const T difference = x[e] - t[e];
            sum += difference * difference;
            if constexpr (K.gradient) c.at[3][n * size + e] = T(2) * difference / (T(size) * T(c.batch));
        }
        c.at[2][n] = sum / T(size);
    }
};

} // namespace strata::inline v0_1::on_cuda
