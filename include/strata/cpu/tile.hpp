#pragma once
/// tile — the micro-kernel of every product: MR x NV registers of accumulators,
///   c[m, :] (+)= start + sum_{r,k} a[m·a_m + k·a_k + r·a_r] · b[k·b_k + r·b_r, :],   then at least `floor`
/// Its template arguments are the register tile only; extents and strides are run-time numbers, so that every affine and
/// every convolution of a program shares the same machine code. The two levels of the sum, r over k, are what makes a
/// convolution over contiguous runs the same thing as a matrix product. Registers are whole: `multiply` sees to what is not.
/// Each element is one chain of multiply-adds in the order of r and k, whatever the tile: how a product is cut changes no bit.
#include <strata/cpu/registers.hpp>

#include <limits>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // nvcc does not know "GCC unroll", but hands it on to the host compiler, which does
#endif

namespace strata::inline v0_1::on_cpu {

/// One tile's operands: addresses of its first elements, strides in elements.
template <class T>
struct tile_operands {
    const T* a;
    std::ptrdiff_t a_m, a_k, a_r;
    const T* b;
    std::ptrdiff_t b_k, b_r;
    T* c;
    std::ptrdiff_t c_m;
    const T* start; ///< what every row begins with, or none
    T floor;
    int k, rows;
    bool accumulate; ///< rows begin with what c holds
};

template <int MR, int NV, class T, class Arch>
[[gnu::noinline]] void tile(const tile_operands<T>& p) noexcept {
    constexpr int lanes = lanes_of<T, Arch>, bases = (MR + 3) / 4;
    using V = vec<T, Arch>;
    V acc[MR][NV];
    // What rows begin with: c, or the same numbers for all of them.
    alignas(64) static constexpr T zeros[NV * lanes]{};
    const T* const first = p.accumulate ? p.c : p.start != nullptr ? p.start : zeros;
    const std::ptrdiff_t first_m = p.accumulate ? p.c_m : 0;
#pragma GCC unroll 16
    for (int m = 0; m < MR; ++m)
#pragma GCC unroll 4
        for (int v = 0; v < NV; ++v) acc[m][v] = V::load_unaligned(first + m * first_m + v * lanes);
    const T *a_of_row = p.a, *b_of_row = p.b;
    const std::ptrdiff_t a_m = p.a_m, a_k = p.a_k, b_k = p.b_k;
    for (int r = 0; r < p.rows; ++r, a_of_row += p.a_r, b_of_row += p.b_r) {
        // A base for every fourth row: one address register and two multiples of the stride reach four rows.
        const T* a[bases];
#pragma GCC unroll 4
        for (int i = 0; i < bases; ++i) a[i] = a_of_row + 4 * i * a_m;
        const T* b = b_of_row;
        for (int k = 0; k < p.k; ++k) {
            V row[NV];
#pragma GCC unroll 4
            for (int v = 0; v < NV; ++v)
                row[v] = V::load_unaligned(b + v * lanes);
#pragma GCC unroll 16
            for (int m = 0; m < MR; ++m) {
                const V factor(a[m / 4][m % 4 * a_m]);
#pragma GCC unroll 4
                for (int v = 0; v < NV; ++v) acc[m][v] = multiply_add<T, Arch>(factor, row[v], acc[m][v]);
            }
#pragma GCC unroll 4
            for (int i = 0; i < bases; ++i) a[i] += a_k;
            b += b_k;
        }
    }
    const V floor(p.floor);
#pragma GCC unroll 16
    for (int m = 0; m < MR; ++m)
#pragma GCC unroll 4
        for (int v = 0; v < NV; ++v)
            at_least<T, Arch>(acc[m][v], floor).store_unaligned(p.c + m * p.c_m + v * lanes);
}

} // namespace strata::inline v0_1::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
