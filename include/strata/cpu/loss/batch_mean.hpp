#pragma once
/// Kernel of batch_mean: one sum in the order of the samples, in double.
#include <strata/cpu/kernel.hpp>
#include <strata/operations/loss/batch_mean.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

template <key K, class F, class T, class Arch>
struct kernel<operations::batch_mean::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        double sum = 0;
        for (int s = 0; s < c.batch; ++s) sum += static_cast<double>(c.at[0][s]);
        c.at[1][0] = static_cast<T>(sum / c.batch);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
