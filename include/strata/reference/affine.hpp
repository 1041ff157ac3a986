#pragma once
/// Kernels of affine:  x [F] → y [U];  w [U, F], b [U].
#include <strata/call/views.hpp>
#include <strata/operations/product/affine.hpp>
#include <strata/reference/epilogue.hpp>
#include <strata/reference/kernel.hpp>

namespace strata::inline STRATA_ABI::on_reference {

/// y[n,u] = f( sum_i w[u,i] · x[n,i] + b[u] )
template <key K, class F, class T>
struct kernel<operations::affine::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        const matrix_view<T> x{c.at[0], K.x.d0}, w{c.at[1], K.x.d0}, y{c.at[K.bias ? 3 : 2], K.y.d0};
        for (int n = c.first; n < c.last; ++n)
            for (int u = 0; u < K.y.d0; ++u) {
                double sum = K.bias ? double(c.at[2][u]) : 0.0;
                for (int i = 0; i < K.x.d0; ++i) sum += double(w(u, i)) * double(x(n, i));
                y(n, u) = T(epilogue<K, F>(sum));
            }
    }
};

/// dx[n,i] = sum_u dy[n,u] · w[u,i]
template <key K, class F, class T>
struct kernel<operations::affine_input_gradient::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        const matrix_view<T> dy{c.at[0], K.y.d0}, w{c.at[1], K.x.d0}, dx{c.at[2], K.x.d0};
        for (int n = c.first; n < c.last; ++n)
            for (int i = 0; i < K.x.d0; ++i) {
                double sum = 0;
                for (int u = 0; u < K.y.d0; ++u) sum += double(dy(n, u)) * double(w(u, i));
                dx(n, i) = T(sum);
            }
    }
};

/// dw[u,i] = sum_n dy[n,u] · x[n,i],  db[u] = sum_n dy[n,u]
/// A task has the inputs i in [first, last); the first task has db as well.
template <key K, class F, class T>
struct kernel<operations::affine_weight_gradient::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        const matrix_view<T> x{c.at[0], K.x.d0}, dy{c.at[1], K.y.d0}, dw{c.at[2], K.x.d0};
        for (int u = 0; u < K.y.d0; ++u)
            for (int i = c.first; i < c.last; ++i) {
                double sum = 0;
                for (int n = 0; n < c.batch; ++n) sum += double(dy(n, u)) * double(x(n, i));
                dw(u, i) = T(sum);
            }
        if (!K.bias || c.first != 0) return;
        for (int u = 0; u < K.y.d0; ++u) {
            double sum = 0;
            for (int n = 0; n < c.batch; ++n) sum += dy(n, u);
            c.at[3][u] = T(sum);
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
