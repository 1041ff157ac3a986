#pragma once
/// Kernels of avg_pool: the padding counts as zeros.
#include <strata/cuda/kernel.hpp>
#include <strata/operations/pool/avg_pool.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

/// y[n,c,i,j] = sum_{u,v} x[n, c, i·S+u·D−top, j·S+v·D−left] / area
template <key K, class F, class T>
struct kernel<operations::avg_pool::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.y.size(); }
    STRATA_HD static void item(const call<T>& c, long long index) {
        const place_in_batch at(index, K.y.size());
        const place_in_image y(at.e, K.y);
        const auto x = image_sample(c.at[0], at.n, K.x);
        T sum = 0;
        each_tap<K>(y.h, y.w, [&](int, int, int h, int w) { sum += x(y.c, h, w); });
        c.at[1][index] = sum / T(operations::avg_pool_area(K, y.h, y.w));
    }
};

/// dx[n,c,h,w] = sum of dy / area over the windows that hold it
template <key K, class F, class T>
struct kernel<operations::avg_pool_gradient::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.x.size(); }
    STRATA_HD static void item(const call<T>& c, long long index) {
        const place_in_batch at(index, K.x.size());
        const place_in_image x(at.e, K.x);
        const auto dy = image_sample(c.at[0], at.n, K.y);
        T sum = 0;
        each_reader<K>(x.h, x.w,
                       [&](int, int, int i, int j) { sum += dy(x.c, i, j) / T(operations::avg_pool_area(K, i, j)); });
        c.at[1][index] = sum;
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
