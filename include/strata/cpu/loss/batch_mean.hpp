#pragma once
/// Kernel of batch_mean: one sum in their order, in double.
#include <strata/cpu/kernel.hpp>
#include <strata/operations/loss/batch_mean.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

template <key K, class F, class T, class Arch>
struct kernel<operations::batch_mean::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        const long long count = c.batch * K.x.size();
        double sum = 0;
        for (long long s = 0; s < count; ++s) sum += static_cast<double>(c.at[0][s]);
        c.at[1][0] = static_cast<T>(sum / static_cast<double>(count));
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
