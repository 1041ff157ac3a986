#pragma once
/// small_affine — y = F(x·w + b) of one sample, for layers so small that a tile's beginning and end would cost more than its
/// multiply-adds. Every sum is four chains, of each fourth input: one would wait four cycles at every step of it. Extents are
/// template arguments, so that an unrolled network has no loops left; all batches run it sample by sample, so that a sample's bits
/// do not depend on the samples beside it.
#include <strata/cpu/elementwise.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline v0_1::on_cpu {

/// Is the layer one of those? Beyond, tiles are as fast, and shared by all layers.
constexpr bool is_small_affine(int in, int out) { return in <= 32 && out <= 32; }

/// One panel of `Registers`, of which the last holds `last` elements.
template <int In, int Registers, class F, class T, class Arch>
[[gnu::always_inline]] inline void small_affine_panel(const T* x, const T* w, const T* b, T* y, int last) noexcept {
    using V = vec<T, Arch>;
    constexpr int lanes = lanes_of<T, Arch>, chains = 4;
    V sum[chains][Registers];
#pragma GCC unroll 4
    for (int c = 0; c < chains; ++c)
#pragma GCC unroll 2
        for (int v = 0; v < Registers; ++v) sum[c][v] = c == 0 && b != nullptr ? V::load_unaligned(b + v * lanes) : V(T(0));
#pragma GCC unroll 32
    for (int i = 0; i < In; ++i) {
        const V factor(x[i]);
#pragma GCC unroll 2
        for (int v = 0; v < Registers; ++v) {
            V& part = sum[i % chains][v];
            part = multiply_add<T, Arch>(factor, V::load_unaligned(w + (i * Registers + v) * lanes), part);
        }
    }
#pragma GCC unroll 2
    for (int v = 0; v < Registers; ++v) {
        const V total = apply<F, T, Arch>((sum[0][v] + sum[1][v]) + (sum[2][v] + sum[3][v]));
        store<T, Arch>(y + v * lanes, total, v + 1 == Registers ? last : lanes);
    }
}

template <int In, int Out, class F, class T, class Arch>
[[gnu::always_inline]] inline void small_affine(const T* x, const T* w, const T* b, T* y) noexcept {
    constexpr int lanes = lanes_of<T, Arch>;
    for (int u = 0; u + 2 * lanes <= padded_to(Out, lanes); u += 2 * lanes)
        small_affine_panel<In, 2, F, T, Arch>(x, w + std::ptrdiff_t(u) * In, b == nullptr ? b : b + u, y + u,
                                              Out - u - lanes < lanes ? Out - u - lanes : lanes);
    constexpr int u = padded_to(Out, lanes) / (2 * lanes) * 2 * lanes;
    if constexpr (u < Out)
        small_affine_panel<In, 1, F, T, Arch>(x, w + std::ptrdiff_t(u) * In, b == nullptr ? b : b + u, y + u, Out - u);
    if constexpr (!is_applied<F, T, Arch>) apply_function<F, T, Arch>(y, Out);
}

} // namespace strata::inline v0_1::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
