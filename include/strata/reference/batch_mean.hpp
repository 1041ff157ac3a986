#pragma once
/// Kernel of batch_mean:  y = sum_n x[n] / N, in the order of the samples.
#include <strata/operations/loss/batch_mean.hpp>
#include <strata/reference/kernel.hpp>

namespace strata::inline STRATA_ABI::on_reference {

template <key K, class F, class T>
struct kernel<operations::batch_mean::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        double sum = 0;
        for (int n = 0; n < c.batch; ++n) sum += c.at[0][n];
        c.at[1][0] = T(sum / c.batch);
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
