#pragma once
/// Kernels of reorder and copy. A reshape has none: the lay-out pass turns it into one of these or into nothing.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/product/transpose.hpp>
#include <strata/plan/operations/reshape.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

template <key K, class F, class T, class Arch>
struct kernel<operations::reorder::kind, K, F, T, Arch> {
    /// A sample is a matrix, channels by positions or the other way round, and is transposed.
    static void run(const call<T>& c) noexcept {
        constexpr int channels = K.x.d0, positions = positions_of(K.x);
        constexpr int rows = K.from_channels_last ? positions : channels,
                      columns = K.from_channels_last ? channels : positions;
        for (int s = c.first; s < c.last; ++s)
            transpose<T, Arch>(c.at[0] + s * std::ptrdiff_t(K.x.size()), columns,
                               c.at[1] + s * std::ptrdiff_t(K.x.size()), rows, rows, columns);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::copy::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr std::ptrdiff_t size = K.x.size();
        if constexpr (K.integers)
            for (std::ptrdiff_t i = c.first * size; i < c.last * size; ++i) c.integers(1)[i] = c.integers(0)[i];
        else
            for (std::ptrdiff_t i = c.first * size; i < c.last * size; ++i) c.at[1][i] = c.at[0][i];
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
