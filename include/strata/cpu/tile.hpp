#pragma once
/// tile — the micro-kernel of every product: MR x NV registers of accumulators,
///   c[m, :] (+)= start + sum_{r,k} a[m·a_m + k·a_k + r·a_r] · b[k·b_k + r·b_r, :],   then at least `floor`
/// Its template arguments are the register tile only; extents and strides are run-time numbers, so that every affine and
/// every convolution of a program shares the same machine code. The two levels of the sum, r over k, are what makes a
/// convolution over contiguous runs the same thing as a matrix product. Each element is one chain of multiply-adds in the
/// order of r and k, whatever the tile: how a product is cut changes no bit.
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
    std::ptrdiff_t a_half; ///< from row 0 to the first row of the second half: elsewhere than the stride leads to, if need be
    const T* b;
    std::ptrdiff_t b_k, b_r;
    T* c;
    std::ptrdiff_t c_m;
    const T* start; ///< what every row begins with, or none
    T floor;
    int k, rows;
    int last;        ///< elements of the last register: of start and b
    int stored;      ///< and of c: more, where its rows are padded
    bool accumulate; ///< rows begin with what c holds
};

/// Masked: rows of b end where the last register is not full, and must not be read beyond (weights are padded,
/// activations are not).
template <int MR, int NV, bool Masked, class T, class Arch>
[[gnu::noinline]] void tile(const tile_operands<T>& p) noexcept {
    constexpr int lanes = lanes_of<T, Arch>, half = (MR + 1) / 2, bases = (half + 3) / 4;
    using V = vec<T, Arch>;
    V acc[MR][NV];
    if (p.accumulate) {
#pragma GCC unroll 16
        for (int m = 0; m < MR; ++m)
#pragma GCC unroll 4
            for (int v = 0; v < NV; ++v)
                acc[m][v] = load<T, Arch>(p.c + m * p.c_m + v * lanes, v == NV - 1 ? p.stored : lanes);
    } else {
#pragma GCC unroll 4
        for (int v = 0; v < NV; ++v) {
            const V first = p.start == nullptr ? V(T(0)) : load<T, Arch>(p.start + v * lanes, v == NV - 1 ? p.last : lanes);
#pragma GCC unroll 16
            for (int m = 0; m < MR; ++m) acc[m][v] = first;
        }
    }
    const T *a_of_row = p.a, *b_of_row = p.b;
    const std::ptrdiff_t a_m = p.a_m, a_k = p.a_k, b_k = p.b_k;
    for (int r = 0; r < p.rows; ++r, a_of_row += p.a_r, b_of_row += p.b_r) {
        // Bases of four rows each, in two halves: one address register and two multiples of the stride reach four rows.
        const T* a[2 * bases];
#pragma GCC unroll 4
        for (int i = 0; i < bases; ++i) a[i] = a_of_row + 4 * i * a_m, a[bases + i] = a_of_row + p.a_half + 4 * i * a_m;
        const T* b = b_of_row;
        for (int k = 0; k < p.k; ++k) {
            V row[NV];
#pragma GCC unroll 4
            for (int v = 0; v < NV; ++v)
                row[v] = Masked && v == NV - 1 ? load_partial<T, Arch>(b + v * lanes, p.last) : V::load_unaligned(b + v * lanes);
#pragma GCC unroll 16
            for (int m = 0; m < MR; ++m) {
                const int row_of_half = m % half;
                const V factor(a[m / half * bases + row_of_half / 4][row_of_half % 4 * a_m]);
#pragma GCC unroll 4
                for (int v = 0; v < NV; ++v) acc[m][v] = multiply_add<T, Arch>(factor, row[v], acc[m][v]);
            }
#pragma GCC unroll 4
            for (int i = 0; i < 2 * bases; ++i) a[i] += a_k;
            b += b_k;
        }
    }
    const V floor(p.floor);
#pragma GCC unroll 16
    for (int m = 0; m < MR; ++m)
#pragma GCC unroll 4
        for (int v = 0; v < NV; ++v)
            store<T, Arch>(p.c + m * p.c_m + v * lanes, at_least<T, Arch>(acc[m][v], floor), v == NV - 1 ? p.stored : lanes);
}

} // namespace strata::inline v0_1::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
