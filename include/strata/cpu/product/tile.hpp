#pragma once
/// tile — the micro-kernel of every product: MR x NV registers of accumulators,
///   c[m, :] = max(floor, start (or what c holds) + sum_{r,k} a[m·a_m + k·a_k + r·a_r] · b[k·b_k + r·b_r, :])
/// and the tiles below it, `count` in all. Its template arguments are the register tile only; extents and strides are
/// run-time numbers, so that every affine and every convolution of a program shares the same machine code. The two
/// levels of the sum, r over k, are what makes a convolution over contiguous runs the same thing as a matrix product.
/// Registers are whole: `multiply` sees to what is not. Each element is one chain of multiply-adds in the order of r
/// and k, whatever the tile: how a product is cut changes no bit.
///
/// A core that shares its front end with another thread is limited by the number of instructions, not by the
/// multipliers: four steps of k cost nothing beside loads and multiply-adds but a handful of additions.
#include <strata/cpu/registers.hpp>

#include <limits>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // nvcc does not know "GCC unroll", but hands it on to the host compiler, which does
#endif

namespace strata::inline STRATA_ABI::on_cpu {

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

/// Strides in bytes that are opaque to the compiler: otherwise it would keep an address for each sum of them, and run
/// out of registers.
template <int N>
struct byte_steps {
    std::ptrdiff_t of[unsigned(N)];
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

/// Rows that one address and its steps reach.
inline constexpr int tile_reach = 6;
/// Steps of k at a time: as many as there are address registers for. (Two where sums are few: more would only cost the
/// compiler.)
template <int MR, int NV>
inline constexpr int tile_steps = NV == 1 || MR > tile_reach ? 2 : 4;

/// One step of k: `a` addresses every sixth row, `b` a row.
template <int MR, int NV, class T, class Arch, class Steps>
[[gnu::always_inline]] inline void tile_step(typename vec<T, Arch>::register_type (&acc)[unsigned(MR)][unsigned(NV)],
                                             const T* const* a, const Steps& a_steps, const T* b) {
    using V = vec<T, Arch>;
    using R = typename V::register_type;
    R row[unsigned(NV)];
#pragma GCC unroll 2
    for (int v = 0; v < NV; ++v) row[v] = V::load_unaligned(b + v * lanes_of<T, Arch>);
#pragma GCC unroll 16
    for (int m = 0; m < MR; ++m) {
        const R factor = V(*a_steps.from(a[m / tile_reach], m % tile_reach));
#pragma GCC unroll 2
        for (int v = 0; v < NV; ++v) accumulate<T, Arch>(acc[m][v], factor, row[v]);
    }
}

template <int MR, int NV, class T, class Arch>
[[gnu::noinline]] void tile(const tile_operands<T>& p, int count) noexcept {
    constexpr int lanes = lanes_of<T, Arch>, bases = (MR + tile_reach - 1) / tile_reach, together = tile_steps<MR, NV>;
    constexpr std::ptrdiff_t size = sizeof(T);
    using V = vec<T, Arch>;
    using R = typename V::register_type;
    const std::ptrdiff_t a_m = p.a_m, a_k = p.a_k, b_k = p.b_k, c_m = p.c_m;
    const byte_steps<tile_reach> a_steps(size * a_m);
    const byte_steps<together> b_steps(size * b_k);
    const std::ptrdiff_t next = p.a_tile != 0 ? p.a_tile : MR * a_m;
    const T* tile_a = p.a;
    T* c = p.c;
    for (; count > 0; --count, tile_a += next) {
        R acc[unsigned(MR)][unsigned(NV)];
        if (p.accumulate) {
            const T* from = c;
#pragma GCC unroll 16
            for (int m = 0; m < MR; ++m, from += c_m)
#pragma GCC unroll 2
                for (int v = 0; v < NV; ++v) acc[m][v] = V::load_unaligned(from + v * lanes);
        } else {
#pragma GCC unroll 2
            for (int v = 0; v < NV; ++v) {
                const R first = p.start != nullptr ? V::load_unaligned(p.start + v * lanes) : V(T(0));
#pragma GCC unroll 16
                for (int m = 0; m < MR; ++m) acc[m][v] = first;
            }
        }
        const T *a_of_row = tile_a, *b_of_row = p.b;
        for (int r = p.rows; r > 0; --r, a_of_row += p.a_r, b_of_row += p.b_r) {
            const T *a[unsigned(together)][unsigned(bases)], *b = b_of_row;
#pragma GCC unroll 4
            for (int i = 0; i < together; ++i)
#pragma GCC unroll 2
                for (int base = 0; base < bases; ++base) a[i][base] = a_of_row + i * a_k + tile_reach * base * a_m;
            int k = p.k;
            for (; k >= together; k -= together, b += together * b_k)
#pragma GCC unroll 4
                for (int i = 0; i < together; ++i) {
                    tile_step<MR, NV, T, Arch>(acc, a[i], a_steps, b_steps.from(b, i));
#pragma GCC unroll 2
                    for (int base = 0; base < bases; ++base) a[i][base] += together * a_k;
                }
#pragma GCC unroll 1
            for (; k > 0; --k, b += b_k) {
                tile_step<MR, NV, T, Arch>(acc, a[0], a_steps, b);
#pragma GCC unroll 2
                for (int base = 0; base < bases; ++base) a[0][base] += a_k;
            }
        }
        const V floor(p.floor);
#pragma GCC unroll 16
        for (int m = 0; m < MR; ++m, c += c_m)
#pragma GCC unroll 2
            for (int v = 0; v < NV; ++v) at_least<T, Arch>(V(acc[m][v]), floor).store_unaligned(c + v * lanes);
    }
}

} // namespace strata::inline STRATA_ABI::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
