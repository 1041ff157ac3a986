#pragma once
/// Kernel of elementwise_loss, one thread per sample:  loss = sum_e f(x[e], t[e]) / E,  dx = df(x, t) / (E N), times
/// the sample's weight. A user's function is compiled for the device: it needs STRATA_HD before f and df.
#include <strata/cuda/kernel.hpp>
#include <strata/operations/loss/elementwise_loss.hpp>

#if defined(__CUDACC__)
#pragma nv_diag_error 20011, 20014 // see kernel.hpp
#endif

namespace strata::inline STRATA_ABI::on_cuda {

template <key K, class F, class T>
struct kernel<operations::elementwise_loss::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch; }
    STRATA_HD static void item(const call<T>& c, long long n) {
        constexpr int size = static_cast<int>(K.x.size());
        const T *const x = c.at[0] + n * size, *const t = c.at[1] + n * size;
        const T weight = c.weight(n);
        T sum = 0;
        for (int e = 0; e < size; ++e) {
            sum += F::f(x[e], t[e]);
            if constexpr (K.gradient) c.at[3][n * size + e] = weight * (F::df(x[e], t[e]) / (T(size) * T(c.batch)));
        }
        c.at[2][n] = weight * (sum / T(size));
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda

#if defined(__CUDACC__)
#pragma nv_diag_default 20011, 20014
#endif
