#pragma once
/// Kernel of batch_mean:  y = sum_n x[n] / N, in their order.
#include <strata/cuda/kernel.hpp>
#include <strata/operations/loss/batch_mean.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

template <key K, class F, class T>
struct kernel<operations::batch_mean::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>&) { return 1; }
    STRATA_HD static void item(const call<T>& c, long long) {
        const long long count = c.batch * K.x.size();
        double sum = 0;
        for (long long n = 0; n < count; ++n) sum += c.at[0][n];
        c.at[1][0] = T(sum / static_cast<double>(count));
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
