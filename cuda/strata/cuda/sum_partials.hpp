#pragma once
/// Kernel of sum_partials:  y[e] = sum over the chunks of x[chunk, e], in their order.
#include <strata/cuda/kernel.hpp>
#include <strata/plan/operations/sum_partials.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

template <key K, class F, class T>
struct kernel<operations::sum_partials::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>&) { return K.x.size(); }
    STRATA_HD static void item(const call<T>& c, long long e) {
        T sum = 0;
        for (int j = 0; j < c.chunks; ++j) sum += partial_of_chunk(c.at[0], j, K.x.size())[e];
        c.at[1][e] = sum;
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
