#pragma once
/// Kernel of add:  y = x + w, element by element. Of values that do not scale with the batch there is one "sample".
#include <strata/cuda/kernel.hpp>
#include <strata/plan/operations/add.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

template <key K, class F, class T>
struct kernel<operations::add::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.last * K.y.size(); }
    STRATA_HD static void item(const call<T>& c, long long i) { c.at[2][i] = c.at[0][i] + c.at[1][i]; }
};

} // namespace strata::inline STRATA_ABI::on_cuda
