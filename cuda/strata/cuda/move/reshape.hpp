#pragma once
/// Kernels of reorder and copy. A reshape has none: the lay-out pass turns it into a reorder or into nothing.
#include <strata/cuda/kernel.hpp>
#include <strata/plan/operations/reshape.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

/// Element (c, p) of [C, H·W] is element (p, c) of [H·W, C], and back. This policy's plans never hold it: its images
/// are conventional everywhere.
template <key K, class F, class T>
struct kernel<operations::reorder::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.batch * K.x.size(); }
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, K.x.size());
        const int C = K.x.d0, pixels = positions_of(K.x), rows = K.from_channels_last ? C : pixels,
                  columns = K.from_channels_last ? pixels : C;
        c.at[1][i] = sample(c.at[0], at.n, K.x)[at.e % columns * rows + at.e / columns];
    }
};

/// y = x. Of values that do not scale with the batch there is one "sample".
template <key K, class F, class T>
struct kernel<operations::copy::kind, K, F, T> {
    STRATA_HD static long long items(const call<T>& c) { return c.last * K.x.size(); }
    STRATA_HD static void item(const call<T>& c, long long i) {
        if constexpr (K.integers) c.integers(1)[i] = c.integers(0)[i];
        else c.at[1][i] = c.at[0][i];
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
