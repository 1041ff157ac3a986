#pragma once
/// sum_rows — sums[i] = Σ_r x[r·width + i], in an order of r that depends on the extents alone: a bias's gradient.
/// Extents are run-time numbers, so that all layers of a program share one function.
#include <strata/cpu/registers.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline STRATA_ABI::on_cpu {

template <class T, class Arch>
[[gnu::noinline]] void sum_rows(const T* x, std::ptrdiff_t rows, int width, T* sums) noexcept {
    constexpr int lanes = lanes_of<T, Arch>;
    using V = vec<T, Arch>;
    // Four sums at a time, of four registers or of every fourth row: one alone would wait for itself.
    int i = 0;
    for (; i + 4 * lanes <= width; i += 4 * lanes) {
        V sum[4] = {V(T(0)), V(T(0)), V(T(0)), V(T(0))};
        for (std::ptrdiff_t r = 0; r < rows; ++r)
#pragma GCC unroll 4
            for (int v = 0; v < 4; ++v) sum[v] += V::load_unaligned(x + r * width + i + v * lanes);
#pragma GCC unroll 4
        for (int v = 0; v < 4; ++v) sum[v].store_unaligned(sums + i + v * lanes);
    }
    each_register<T, Arch>(width - i, [&](std::ptrdiff_t rest, int n) {
        const T* const from = x + i + rest;
        V sum[4] = {V(T(0)), V(T(0)), V(T(0)), V(T(0))};
        std::ptrdiff_t r = 0;
        for (; r + 4 <= rows; r += 4)
#pragma GCC unroll 4
            for (int v = 0; v < 4; ++v) sum[v] += load<T, Arch>(from + (r + v) * width, n);
        for (; r < rows; ++r) sum[0] += load<T, Arch>(from + r * width, n);
        store<T, Arch>(sums + i + rest, (sum[0] + sum[1]) + (sum[2] + sum[3]), n);
    });
}

} // namespace strata::inline STRATA_ABI::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
