#pragma once
/// transpose — to[c·to_row + r] = from[r·from_row + c], r < rows, c < columns: squares of registers, transposed in
/// registers. Extents are run-time numbers, so that all transposes of a program share one function.
#include <strata/cpu/registers.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675
#endif

namespace strata::inline STRATA_ABI::on_cpu {

/// The registers that squares are made of: AVX's, where there are wider ones as well.
template <class Arch>
using square_arch = std::conditional_t<is_avx<Arch> || is_avx512<Arch>, xsimd::avx, Arch>;

#if defined(__AVX__)
inline void transpose_square(vec<float, xsimd::avx> (&x)[8]) {
    __m256 pairs[8], fours[8]; // of rows, within each half of a register
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) {
        pairs[2 * i] = _mm256_unpacklo_ps(x[2 * i], x[2 * i + 1]);
        pairs[2 * i + 1] = _mm256_unpackhi_ps(x[2 * i], x[2 * i + 1]);
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) {
        const int first = i / 2 * 4 + i % 2, to = i / 2 * 4 + i % 2 * 2;
        fours[to] = _mm256_shuffle_ps(pairs[first], pairs[first + 2], 0x44);
        fours[to + 1] = _mm256_shuffle_ps(pairs[first], pairs[first + 2], 0xEE);
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) {
        x[i] = _mm256_permute2f128_ps(fours[i], fours[i + 4], 0x20);
        x[i + 4] = _mm256_permute2f128_ps(fours[i], fours[i + 4], 0x31);
    }
}
inline void transpose_square(vec<double, xsimd::avx> (&x)[4]) {
    const __m256d lo[] = {_mm256_unpacklo_pd(x[0], x[1]), _mm256_unpacklo_pd(x[2], x[3])};
    const __m256d hi[] = {_mm256_unpackhi_pd(x[0], x[1]), _mm256_unpackhi_pd(x[2], x[3])};
    x[0] = _mm256_permute2f128_pd(lo[0], lo[1], 0x20);
    x[1] = _mm256_permute2f128_pd(hi[0], hi[1], 0x20);
    x[2] = _mm256_permute2f128_pd(lo[0], lo[1], 0x31);
    x[3] = _mm256_permute2f128_pd(hi[0], hi[1], 0x31);
}
#endif
/// x[r] are the rows of a square; then they are its columns. Registers of 128 bits: rounds of interleaving row i with
/// row i + lanes / 2. (Wider ones are interleaved within their halves, or not, by release of xsimd.)
template <class V>
inline void transpose_square(V (&x)[V::size]) {
    constexpr int lanes = static_cast<int>(V::size);
    static_assert(sizeof(V) == 16, "a square of wider registers is transposed by a function of its own");
    for (int round = 1; round < lanes; round *= 2) {
        V y[unsigned(lanes)];
#pragma GCC unroll 2
        for (int i = 0; i < lanes / 2; ++i) {
            y[2 * i] = xsimd::zip_lo(x[i], x[i + lanes / 2]);
            y[2 * i + 1] = xsimd::zip_hi(x[i], x[i + lanes / 2]);
        }
#pragma GCC unroll 4
        for (int i = 0; i < lanes; ++i) x[i] = y[i];
    }
}

template <class T, class Arch>
#if !defined(__clang__)
[[gnu::noclone]] // a clone for each constant extent would cost compile time and gain nothing
#endif
[[gnu::noinline]] void
transpose(const T* from, std::ptrdiff_t from_row, T* to, std::ptrdiff_t to_row, int rows, int columns) noexcept {
    using S = square_arch<Arch>;
    using V = vec<T, S>;
    constexpr int lanes = lanes_of<T, S>;
    for (int r = 0; r < rows; r += lanes)
        for (int c = 0; c < columns; c += lanes) {
            const int height = rows - r < lanes ? rows - r : lanes, width = columns - c < lanes ? columns - c : lanes;
            const T* const source = from + r * from_row + c;
            T* const target = to + c * to_row + r;
            V x[unsigned(lanes)];
            if (height == lanes && width == lanes) {
#pragma GCC unroll 8
                for (int i = 0; i < lanes; ++i) x[i] = V::load_unaligned(source + i * from_row);
                transpose_square(x);
#pragma GCC unroll 8
                for (int i = 0; i < lanes; ++i) x[i].store_unaligned(target + i * to_row);
                continue;
            }
            for (int i = 0; i < lanes; ++i) x[i] = i < height ? load<T, S>(source + i * from_row, width) : V(T(0));
            transpose_square(x);
            for (int i = 0; i < width; ++i) store<T, S>(target + i * to_row, x[i], height);
        }
}

} // namespace strata::inline STRATA_ABI::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
