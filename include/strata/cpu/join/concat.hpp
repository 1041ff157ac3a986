#pragma once
/// Kernels of concat and slice: rows of channels, pixel by pixel (a flat value is one row).
#include <strata/cpu/kernel.hpp>
#include <strata/operations/join/concat.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

template <class T>
inline void copy_row(const T* from, T* to, int count) noexcept {
    for (int i = 0; i < count; ++i) to[i] = from[i];
}

template <key K, class F, class T, class Arch>
struct kernel<operations::concat::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int positions = positions_of(K.x);
        for (std::ptrdiff_t r = std::ptrdiff_t(c.first) * positions; r < std::ptrdiff_t(c.last) * positions; ++r) {
            copy_row(c.at[0] + r * K.x.d0, c.at[2] + r * K.y.d0, K.x.d0);
            copy_row(c.at[1] + r * K.w.d0, c.at[2] + r * K.y.d0 + K.x.d0, K.w.d0);
        }
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::slice::kind, K, F, T, Arch> {
    static void run(const call<T>& c) noexcept {
        constexpr int positions = positions_of(K.x);
        for (std::ptrdiff_t r = std::ptrdiff_t(c.first) * positions; r < std::ptrdiff_t(c.last) * positions; ++r)
            copy_row(c.at[0] + r * K.x.d0 + K.begin, c.at[1] + r * K.y.d0, K.y.d0);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu
