#pragma once
/// Kernel of normalise:  y = (x − mean[c]) / deviation[c];  backward: dx = dy / deviation[c]
/// scaled:  y = x · deviation[c] + mean[c];  backward: dx = dy · deviation[c]
/// Operands: x, mean, deviation → y
#include <strata/cuda/kernel.hpp>
#include <strata/operations/norm/normalise.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

template <key K, class F, class T>
struct kernel<operations::normalise::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.x.size(); }
    STRATA_HD static void item(const call<T>& c, long long i) {
        const int ch = static_cast<int>(i % K.x.size()) / positions_of(K.x);
        const T mean = K.scale_only ? T(0) : c.at[1][ch];
        c.at[3][i] = K.scaled ? c.at[0][i] * c.at[2][ch] + mean : (c.at[0][i] - mean) / c.at[2][ch];
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
