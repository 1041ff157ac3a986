#pragma once
/// tile — the micro-kernel of every product: MR x NV registers of accumulators,
///   c[m, :] (+)= start + sum_{r,k} a[m·a_m + k·a_k + r·a_r] · b[k·b_k + r·b_r, :],   then at least `floor`
/// and the tiles below it, `count` in all. Its template arguments are the register tile only, and which stride of a is one:
/// `Across` a_m, else a_k. Extents and other strides are run-time numbers, so that every affine and every convolution of a program
/// shares the same machine code. The two levels of the sum, r over k, are what makes a convolution over contiguous runs the same
/// thing as a matrix product. Registers are whole: `multiply` sees to what is not. Each element is one chain of multiply-adds in
/// the order of r and k, whatever the tile: how a product is cut changes no bit.
///
/// A core that shares its front end with another thread is limited by the number of instructions, not by the multipliers: four
/// steps of k cost nothing beside loads and multiply-adds but a handful of additions.
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
    std::ptrdiff_t a_tile; ///< to the rows of the next tile; 0: they are the next rows
    const T* b;
    std::ptrdiff_t b_k, b_r;
    T* c;
    std::ptrdiff_t c_m;
    const T* start; ///< what every row begins with, or none
    T floor;
    int k, rows;
    bool accumulate; ///< rows begin with what c holds
};

/// Strides in bytes that the compiler does not see through: it would keep an address for each sum of them, and run out of
/// registers.
template <int N>
struct byte_steps {
    std::ptrdiff_t of[N];
    [[gnu::always_inline]] explicit byte_steps(std::ptrdiff_t stride) {
#pragma GCC unroll 8
        for (int i = 0; i < N; ++i) {
            of[i] = i * stride;
            asm("" : "+r"(of[i]));
        }
    }
    template <class T>
    [[nodiscard, gnu::always_inline]] const T* from(const T* p, int i) const {
        return i == 0 ? p : reinterpret_cast<const T*>(reinterpret_cast<const char*>(p) + of[i]);
    }
};

template <int MR, int NV, bool Across, class T, class Arch>
[[gnu::noinline]] void tile(const tile_operands<T>& p, int count) noexcept {
    constexpr int lanes = lanes_of<T, Arch>, reach = 6, bases = Across ? 1 : (MR + reach - 1) / reach, together = 4;
    constexpr std::ptrdiff_t size = sizeof(T);
    using V = vec<T, Arch>;
    const std::ptrdiff_t a_m = Across ? 1 : p.a_m, a_k = Across ? p.a_k : 1, b_k = p.b_k, c_m = p.c_m;
    const byte_steps<Across ? together : reach> a_steps(size * (Across ? a_k : a_m));
    const byte_steps<together> b_steps(size * b_k);
    const std::ptrdiff_t next = p.a_tile != 0 ? p.a_tile : MR * a_m;
    const T* tile_a = p.a;
    T* c = p.c;
    for (; count > 0; --count, tile_a += next) {
        V acc[MR][NV];
        if (p.accumulate) {
            const T* from = c;
#pragma GCC unroll 16
            for (int m = 0; m < MR; ++m, from += c_m)
#pragma GCC unroll 2
                for (int v = 0; v < NV; ++v) acc[m][v] = V::load_unaligned(from + v * lanes);
        } else {
#pragma GCC unroll 2
            for (int v = 0; v < NV; ++v) {
                const V first = p.start != nullptr ? V::load_unaligned(p.start + v * lanes) : V(T(0));
#pragma GCC unroll 16
                for (int m = 0; m < MR; ++m) acc[m][v] = first;
            }
        }
        const T *a_of_row = tile_a, *b_of_row = p.b;
        for (int r = p.rows; r > 0; --r, a_of_row += p.a_r, b_of_row += p.b_r) {
            const T* a[bases];
#pragma GCC unroll 4
            for (int i = 0; i < bases; ++i) a[i] = a_of_row + reach * i * a_m;
            const T* b = b_of_row;
            const auto step = [&](int i) __attribute__((always_inline)) {
                V row[NV];
#pragma GCC unroll 2
                for (int v = 0; v < NV; ++v) row[v] = V::load_unaligned(b_steps.from(b, i) + v * lanes);
#pragma GCC unroll 16
                for (int m = 0; m < MR; ++m) {
                    const V factor(Across ? a_steps.from(a[0], i)[m] : a_steps.from(a[m / reach], m % reach)[i]);
#pragma GCC unroll 2
                    for (int v = 0; v < NV; ++v) accumulate<T, Arch>(acc[m][v], factor, row[v]);
                }
            };
            const auto advance = [&](int steps) __attribute__((always_inline)) {
#pragma GCC unroll 4
                for (int i = 0; i < bases; ++i) a[i] += steps * a_k;
                b += steps * b_k;
            };
            int k = p.k;
            for (; k >= together; k -= together) {
#pragma GCC unroll 4
                for (int i = 0; i < together; ++i) step(i);
                advance(together);
            }
            for (; k > 0; --k) {
                step(0);
                advance(1);
            }
        }
        const V floor(p.floor);
#pragma GCC unroll 16
        for (int m = 0; m < MR; ++m, c += c_m)
#pragma GCC unroll 2
            for (int v = 0; v < NV; ++v) at_least<T, Arch>(acc[m][v], floor).store_unaligned(c + v * lanes);
    }
}

} // namespace strata::inline v0_1::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
