#pragma once
/// Kernel of batch_mean:  y = sum_n x[n] / N, in the order of the samples.
#include <strata/cuda/kernel.hpp>
#include <strata/operations/loss/batch_mean.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

template <key K, class F, class T>
struct kernel<operations::batch_mean::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>&) { return 1; }
    STRATA_HD static void item(const call<T>& c, long long) {
        double sum = 0;
        for (int n = 0; n < c.batch; ++n) sum += c.at[0][n];
        c.at[1][0] = T(sum / c.batch);
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
