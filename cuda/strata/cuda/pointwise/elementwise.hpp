#pragma once
/// Kernels of elementwise. A user's function is compiled for the device: it needs STRATA_HD before f and df.
#include <strata/cuda/kernel.hpp>
#include <strata/operations/pointwise/elementwise.hpp>

#if defined(__CUDACC__)
#pragma nv_diag_error 20011, 20014 // see kernel.hpp
#endif

namespace strata::inline STRATA_ABI::on_cuda {

/// y = f(x)
template <key K, class F, class T>
struct kernel<operations::elementwise::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.x.size(); }
    STRATA_HD static void item(const call<T>& c, long long i) { c.at[1][i] = F::f(c.at[0][i]); }
};

/// dx = dy · f'(x); s is y where the derivative can be computed from it, else x
template <key K, class F, class T>
struct kernel<operations::elementwise_gradient::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.x.size(); }
    STRATA_HD static void item(const call<T>& c, long long i) { c.at[2][i] = c.at[1][i] * derivative(c.at[0][i]); }

  private:
    STRATA_HD static T derivative(T s) {
        if constexpr (requires { F::df_of_output(s); }) return F::df_of_output(s);
        else return F::df(s);
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda

#if defined(__CUDACC__)
#pragma nv_diag_default 20011, 20014
#endif
