#pragma once
/// Kernels of reorder and copy. A reshape has none: the lay-out pass turns it into one of these or into nothing.
#include <strata/cpu/kernel.hpp>

namespace strata::inline v0_1::on_cpu {

template <key K, class F, class T, class Arch>
struct kernel<op::reorder, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int C = K.x.d0, positions = positions_of(K.x);
        constexpr std::ptrdiff_t size = K.x.size();
        for (int s = c.first; s < c.last; ++s) {
            const T* const x = c.at[0] + s * size;
            T* const y = c.at[1] + s * size;
            for (int p = 0; p < positions; ++p)
                for (int ch = 0; ch < C; ++ch) {
                    if constexpr (K.backward) y[std::ptrdiff_t(ch) * positions + p] = x[std::ptrdiff_t(p) * C + ch];
                    else y[std::ptrdiff_t(p) * C + ch] = x[std::ptrdiff_t(ch) * positions + p];
                }
        }
    }
};

template <key K, class F, class T, class Arch>
struct kernel<op::copy, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr std::ptrdiff_t size = K.x.size();
        for (std::ptrdiff_t i = c.first * size; i < c.last * size; ++i) c.at[1][i] = c.at[0][i];
    }
};

} // namespace strata::inline v0_1::on_cpu
