#pragma once
/// tile — the micro-kernel of every product: MR x NV registers of accumulators,
///   c[m, :] (+)= start + sum_{r,k} a[m·a_m + k·a_k + r·a_r] · b[k·b_k + r·b_r, :]
/// Its template arguments are the register tile only; extents and strides are run-time numbers, so that every affine and
/// every convolution of a program shares the same dozen of machine-code functions. The two levels of the sum, r over k,
/// are what makes a convolution over contiguous runs the same thing as a matrix product.
#include <strata/cpu/registers.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // nvcc does not know "GCC unroll", but hands it on to the host compiler, which does
#endif

namespace strata::inline v0_1::on_cpu {

template <class T>
struct product {
    const T* a = nullptr;
    std::ptrdiff_t a_m = 0, a_k = 1, a_r = 0;
    const T* b = nullptr; ///< rows of n elements
    std::ptrdiff_t b_k = 0, b_r = 0;
    int k = 0, rows = 1;
    T* c = nullptr;
    std::ptrdiff_t c_m = 0;
    const T* start = nullptr; ///< n elements every row begins with, or none
    bool accumulate = false;  ///< rows begin with what c holds
    int m = 0, n = 0;
};

/// How many rows and registers a full tile has: the accumulators, NV of b and one of a must fit the register file.
template <class Arch>
inline constexpr int tile_rows = is_avx512<Arch> ? 8 : 4;
template <class Arch>
inline constexpr int tile_registers = is_avx512<Arch> ? 3 : 2;

/// PartialB: rows of b end where the last register is not full, and must not be read beyond (weights are padded,
/// activations are not). FullC: rows of c are padded, and the last register is stored whole.
template <int MR, int NV, bool PartialB, bool FullC, class T, class Arch>
[[gnu::noinline]] void tile(const product<T>& p, int m0, int n0, int last) noexcept {
    constexpr int lanes = lanes_of<T, Arch>;
    using V = vec<T, Arch>;
    V acc[MR][NV];
    T* const c = p.c + m0 * p.c_m + n0;
    const int stored = FullC ? lanes : last;
#pragma GCC unroll 8
    for (int m = 0; m < MR; ++m)
#pragma GCC unroll 4
        for (int v = 0; v < NV; ++v) {
            const int n = v == NV - 1 ? stored : lanes;
            acc[m][v] = p.accumulate ? load<T, Arch>(c + m * p.c_m + v * lanes, n)
                        : p.start != nullptr
                            ? load<T, Arch>(p.start + n0 + v * lanes, v == NV - 1 ? last : lanes)
                            : V(T(0));
        }
    for (int r = 0; r < p.rows; ++r) {
        const T* a = p.a + m0 * p.a_m + r * p.a_r;
        const T* b = p.b + n0 + r * p.b_r;
        for (int k = 0; k < p.k; ++k, a += p.a_k, b += p.b_k) {
            V row[NV];
#pragma GCC unroll 4
            for (int v = 0; v < NV; ++v)
                row[v] = PartialB && v == NV - 1 ? load_partial<T, Arch>(b + v * lanes, last)
                                                 : V::load_unaligned(b + v * lanes);
#pragma GCC unroll 8
            for (int m = 0; m < MR; ++m) {
                const V factor(a[m * p.a_m]);
#pragma GCC unroll 4
                for (int v = 0; v < NV; ++v) acc[m][v] = multiply_add<T, Arch>(factor, row[v], acc[m][v]);
            }
        }
    }
#pragma GCC unroll 8
    for (int m = 0; m < MR; ++m)
#pragma GCC unroll 4
        for (int v = 0; v < NV; ++v)
            store<T, Arch>(c + m * p.c_m + v * lanes, acc[m][v], v == NV - 1 ? stored : lanes);
}

template <int NV, bool PartialB, bool FullC, class T, class Arch>
void tile_column(const product<T>& p, int n0, int last) noexcept {
    constexpr int rows = tile_rows<Arch>;
    int m = 0;
    for (; m + rows <= p.m; m += rows) tile<rows, NV, PartialB, FullC, T, Arch>(p, m, n0, last);
    if constexpr (rows > 4)
        if (m + 4 <= p.m) tile<4, NV, PartialB, FullC, T, Arch>(p, m, n0, last), m += 4;
    if (m + 2 <= p.m) tile<2, NV, PartialB, FullC, T, Arch>(p, m, n0, last), m += 2;
    if (m < p.m) tile<1, NV, PartialB, FullC, T, Arch>(p, m, n0, last);
}

/// The whole product, m x n.
template <bool PartialB, bool FullC, class T, class Arch>
void multiply(const product<T>& p) noexcept {
    constexpr int lanes = lanes_of<T, Arch>, most = tile_registers<Arch>;
    if (p.m <= 0 || p.n <= 0) return;
    for (int n0 = 0; n0 < p.n;) {
        const int registers = (p.n - n0 + lanes - 1) / lanes;
        // Four registers are two and two rather than three and one.
        const int taken = registers == most + 1 ? (most + 1) / 2 : registers < most ? registers : most;
        const int width = p.n - n0 < taken * lanes ? p.n - n0 : taken * lanes;
        const int last = width - (taken - 1) * lanes;
        if (taken == 1) tile_column<1, PartialB, FullC, T, Arch>(p, n0, last);
        else if (taken == 2) tile_column<2, PartialB, FullC, T, Arch>(p, n0, last);
        else if constexpr (most > 2) tile_column<3, PartialB, FullC, T, Arch>(p, n0, last);
        n0 += width;
    }
}

} // namespace strata::inline v0_1::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
