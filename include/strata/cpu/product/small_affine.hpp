#pragma once
/// small_affine — y = F(x·w + b), for layers so small that the beginning and end of a tile would cost more than its
/// multiply-adds. Where a sample has too few sums to keep the multipliers busy, each is two or four chains, of every
/// second or fourth input, added at the end. Extents are template arguments, so that an unrolled network has no loops
/// left. A sample's chains are the same alone and in a batch, so that its bits do not depend on the batch.
#include <strata/cpu/pointwise/elementwise.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline STRATA_ABI::on_cpu {

/// Is the layer small enough? Beyond, tiles are as fast, and shared by all layers.
constexpr bool is_small_affine(int in, int out) { return in <= 32 && out <= 32; }

/// How a small affine with this number of registers of units is summed.
struct small_sums {
    int together, chains; ///< registers of one sample at a time, and chains of each
};
constexpr small_sums sums_of_small(int registers) {
    const int together = registers < 4 ? registers : 4;
    return {together, together > 2 ? 2 : 4};
}

/// `Registers` registers of the results of `Samples` samples, from register First on.
template <int In, int Out, int First, int Registers, int Samples, class F, class T, class Arch>
[[gnu::always_inline]] inline void small_affine_block(const T* x, const T* w, const T* b, T* y) noexcept {
    using V = vec<T, Arch>;
    using R = typename V::register_type;
    constexpr int lanes = lanes_of<T, Arch>, all = padded_to(Out, lanes) / lanes, chains = sums_of_small(all).chains;
    R sum[unsigned(chains)][unsigned(Samples)][unsigned(Registers)];
#pragma GCC unroll 4
    for (int c = 0; c < chains; ++c)
#pragma GCC unroll 4
        for (int v = 0; v < Registers; ++v) {
            const R first = c == 0 && b != nullptr ? V::load_unaligned(b + (First + v) * lanes) : V(T(0));
#pragma GCC unroll 4
            for (int s = 0; s < Samples; ++s) sum[c][s][v] = first;
        }
#pragma GCC unroll 32
    for (int i = 0; i < In; ++i) {
        R row[unsigned(Registers)];
#pragma GCC unroll 4
        for (int v = 0; v < Registers; ++v) {
            const int panel = (First + v) / 2 * 2, width = all - panel < 2 ? 1 : 2; // in registers
            row[v] = V::load_unaligned(w + (panel * In + i * width + (First + v) % 2) * lanes);
        }
#pragma GCC unroll 4
        for (int s = 0; s < Samples; ++s) {
            const R factor = V(x[s * In + i]);
#pragma GCC unroll 4
            for (int v = 0; v < Registers; ++v) accumulate<T, Arch>(sum[i % chains][s][v], factor, row[v]);
        }
    }
#pragma GCC unroll 4
    for (int s = 0; s < Samples; ++s)
#pragma GCC unroll 4
        for (int v = 0; v < Registers; ++v) {
            V total = V(sum[0][s][v]) + V(sum[1][s][v]);
            if constexpr (chains == 4) total = total + (V(sum[2][s][v]) + V(sum[3][s][v]));
            const int u = (First + v) * lanes;
            store<T, Arch>(y + s * Out + u, apply<F, T, Arch>(total), Out - u < lanes ? Out - u : lanes);
        }
}

template <int In, int Out, int Samples, int Together, class F, class T, class Arch, int First = 0>
[[gnu::always_inline]] inline void small_affine_samples(const T* x, const T* w, const T* b, T* y) noexcept {
    constexpr int left = padded_to(Out, lanes_of<T, Arch>) / lanes_of<T, Arch> - First;
    if constexpr (left > 0) {
        constexpr int registers = left < Together ? left : Together;
        small_affine_block<In, Out, First, registers, Samples, F, T, Arch>(x, w, b, y);
        small_affine_samples<In, Out, Samples, Together, F, T, Arch, First + Together>(x, w, b, y);
    }
}

/// One sample.
template <int In, int Out, class F, class T, class Arch>
[[gnu::always_inline]] inline void small_affine(const T* x, const T* w, const T* b, T* y) noexcept {
    constexpr int registers = padded_to(Out, lanes_of<T, Arch>) / lanes_of<T, Arch>;
    small_affine_samples<In, Out, 1, sums_of_small(registers).together, F, T, Arch>(x, w, b, y);
    if constexpr (!is_applied<F, T, Arch>) apply_function<F, T, Arch>(y, Out);
}

/// Many samples. Three at a time load each weight once, if their sums fit into the registers: loads are the limit.
template <int In, int Out, class F, class T, class Arch>
[[gnu::always_inline]] inline void small_affines(const T* x, const T* w, const T* b, T* y,
                                                 std::ptrdiff_t samples) noexcept {
    std::ptrdiff_t n = 0;
    if constexpr (sums_of_small(padded_to(Out, lanes_of<T, Arch>) / lanes_of<T, Arch>).chains == 2)
        for (; n + 3 <= samples; n += 3) {
            small_affine_samples<In, Out, 3, 2, F, T, Arch>(x + n * In, w, b, y + n * Out);
            if constexpr (!is_applied<F, T, Arch>) apply_function<F, T, Arch>(y + n * Out, 3 * Out);
        }
    for (; n < samples; ++n) small_affine<In, Out, F, T, Arch>(x + n * In, w, b, y + n * Out);
}

} // namespace strata::inline STRATA_ABI::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
