#pragma once
/// Kernel of transpose_weight:  [G, taps, C/G, F/G'] → [G, taps, F/G, C/G'], ' padded to the lanes. This policy's plans never
/// hold it: its weights are conventional.
#include <strata/cuda/kernel.hpp>

namespace strata::inline v0_1::on_cuda {

template <key K, class F, class T>
struct kernel<op::transpose_weight, K, F, T> {
    static constexpr int out = K.x.d0 / K.groups, in = K.x.d1;
    static constexpr int row = padded_to(in, K.lanes), from = padded_to(out, K.lanes);

    STRATA_HD static long long items(const call<T>& c) { return 1LL * c.last * row; }
    STRATA_HD static void item(const call<T>& c, long long index) {
        const long long r = index / row, i = index % row; // r counts groups, taps and outputs
        c.at[1][index] = i < in ? c.at[0][(r / out * in + i) * from + r % out] : T(0);
    }
};

} // namespace strata::inline v0_1::on_cuda
