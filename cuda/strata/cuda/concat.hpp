#pragma once
/// Kernels of concat and slice, along the channels or features.
#include <strata/cuda/kernel.hpp>
#include <strata/operations/join/concat.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

/// y = [x; w]:  the channels of x, then those of w.
template <key K, class F, class T>
struct kernel<operations::concat::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.y.size(); }
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, K.y.size());
        const long long first = K.x.size();
        c.at[2][i] = at.e < first ? sample(c.at[0], at.n, K.x)[at.e] : sample(c.at[1], at.n, K.w)[at.e - first];
    }
};

/// y = x[begin, begin + C')
template <key K, class F, class T>
struct kernel<operations::slice::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.y.size(); }
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, K.y.size());
        c.at[1][i] = sample(c.at[0], at.n, K.x)[K.begin * positions_of(K.x) + at.e];
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
