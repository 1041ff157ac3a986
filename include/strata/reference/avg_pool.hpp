#pragma once
/// Kernels of avg_pool: the padding counts as zeros.
#include <strata/call/views.hpp>
#include <strata/call/windows.hpp>
#include <strata/operations/pool/avg_pool.hpp>
#include <strata/reference/kernel.hpp>

namespace strata::inline STRATA_ABI::on_reference {

/// y[n,c,i,j] = sum_{u,v} x[n, c, i·S+u·D−top, j·S+v·D−left] / area
template <key K, class F, class T>
struct kernel<operations::avg_pool::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const auto x = image_sample(c.at[0], n, K.x), y = image_sample(c.at[1], n, K.y);
            for (int ch = 0; ch < K.y.d0; ++ch)
                for (int i = 0; i < K.y.d1; ++i)
                    for (int j = 0; j < K.y.d2; ++j) {
                        double sum = 0;
                        each_tap<K>(i, j, [&](int, int, int h, int w) { sum += x(ch, h, w); });
                        y(ch, i, j) = T(sum / operations::avg_pool_area(K, i, j));
                    }
        }
    }
};

/// dx[n,c,h,w] = sum of dy / area over the windows that hold it
template <key K, class F, class T>
struct kernel<operations::avg_pool_gradient::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const auto dy = image_sample(c.at[0], n, K.y), dx = image_sample(c.at[1], n, K.x);
            for (int ch = 0; ch < K.x.d0; ++ch)
                for (int h = 0; h < K.x.d1; ++h)
                    for (int w = 0; w < K.x.d2; ++w) {
                        double sum = 0;
                        each_reader<K>(h, w, [&](int, int, int i, int j) {
                            sum += double(dy(ch, i, j)) / operations::avg_pool_area(K, i, j);
                        });
                        dx(ch, h, w) = T(sum);
                    }
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
