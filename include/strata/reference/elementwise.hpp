#pragma once
/// Kernels of elementwise. The function is evaluated in double, whatever T is.
#include <strata/call/views.hpp>
#include <strata/operations/pointwise/elementwise.hpp>
#include <strata/reference/kernel.hpp>

namespace strata::inline STRATA_ABI::on_reference {

/// y = f(x)
template <key K, class F, class T>
struct kernel<operations::elementwise::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const T* x = sample(c.at[0], n, K.x);
            T* y = sample(c.at[1], n, K.y);
            for (int e = 0; e < K.x.size(); ++e) y[e] = T(F::f(double(x[e])));
        }
    }
};

/// dx = dy · f'(x); s is y where the derivative can be told from it, else x
template <key K, class F, class T>
struct kernel<operations::elementwise_gradient::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const T *s = sample(c.at[0], n, K.x), *dy = sample(c.at[1], n, K.x);
            T* dx = sample(c.at[2], n, K.x);
            for (int e = 0; e < K.x.size(); ++e) dx[e] = T(double(dy[e]) * derivative(double(s[e])));
        }
    }

  private:
    static double derivative(double s) {
        if constexpr (requires { F::df_of_output(s); }) return double(F::df_of_output(s));
        else return double(F::df(s));
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
