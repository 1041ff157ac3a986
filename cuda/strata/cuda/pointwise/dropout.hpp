#pragma once
/// Kernel of dropout:  y = x / (1 − p) where the element is kept, else 0. The gradient is scaled likewise, with the
/// same bits, which are those of every policy.
#include <strata/call/dropout_bits.hpp>
#include <strata/cuda/kernel.hpp>
#include <strata/operations/pointwise/dropout.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

template <key K, class F, class T>
struct kernel<operations::dropout::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.x.size(); }
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, K.x.size());
        const auto four = dropout_bits(c.random.counted(), c.ordinal, at.n, at.e / 4);
        c.at[1][i] = dropout_keeps(four[at.e % 4], K.real) ? c.at[0][i] / T(1 - K.real) : T(0);
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
