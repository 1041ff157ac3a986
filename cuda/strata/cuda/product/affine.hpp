#pragma once
/// Kernels of affine:  x [F] → y [U];  w [U, F], b [U]. The products are the library's; the rest follows them.
#include <strata/cuda/kernel.hpp>
#include <strata/cuda/product/products.hpp>
#include <strata/operations/product/affine.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

/// y[n,u] = f( sum_i w[u,i] · x[n,i] + b[u] )
template <key K, class F, class T>
struct kernel<operations::affine::kind, K, F, T> {
    static constexpr int in = K.x.d0, out = K.y.d0, result = K.bias ? 3 : 2;

    template <class Library>
    static void products(const call<T>& c, Library& library) {
        multiply<T>(library, c.batch, out, in, {c.at[0], in}, {c.at[1], in, true}, c.at[result]);
    }
    STRATA_HD static long long items(const call<T>& c) { return K.bias || K.function >= 0 ? 1LL * c.batch * out : 0; }
    STRATA_HD static void item(const call<T>& c, long long i) {
        T y = c.at[result][i];
        if constexpr (K.bias) y += c.at[2][i % out];
        c.at[result][i] = epilogue<K, F>(y);
    }
};

/// dx[n,i] = sum_u dy[n,u] · w[u,i]
template <key K, class F, class T>
struct kernel<operations::affine_input_gradient::kind, K, F, T> {
    template <class Library>
    static void products(const call<T>& c, Library& library) {
        multiply<T>(library, c.batch, K.x.d0, K.y.d0, {c.at[0], K.y.d0}, {c.at[1], K.x.d0}, c.at[2]);
    }
};

/// dw[u,i] = sum_n dy[n,u] · x[n,i],  db[u] = sum_n dy[n,u]
template <key K, class F, class T>
struct kernel<operations::affine_weight_gradient::kind, K, F, T> {
    static constexpr int in = K.x.d0, out = K.y.d0;

    template <class Library>
    static void products(const call<T>& c, Library& library) {
        multiply<T>(library, out, in, c.batch, {c.at[1], out, true}, {c.at[0], in}, c.at[2]);
    }
    STRATA_HD static long long items(const call<T>&) { return K.bias ? out : 0; }
    STRATA_HD static void item(const call<T>& c, long long u) {
        T sum = 0;
        for (int n = 0; n < c.batch; ++n) sum += c.at[1][1LL * n * out + u];
        c.at[3][u] = sum;
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
