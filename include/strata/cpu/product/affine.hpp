#pragma once
/// Kernels of affine and its gradients: products with a weight stored as [F, U] in panels. The extents are run-time
/// numbers, so the layers of a program share three functions, except for the smallest (small_affine.hpp).
#include <strata/cpu/pointwise/elementwise.hpp>
#include <strata/cpu/product/product.hpp>
#include <strata/cpu/product/small_affine.hpp>
#include <strata/cpu/product/transpose.hpp>
#include <strata/cpu/sum_rows.hpp>
#include <strata/operations/product/affine.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline STRATA_ABI::on_cpu {

/// y = max(x·w + b, floor) of one sample: four panels at a time. Their eight sums keep the multipliers busy, where one
/// panel's two would wait for themselves. Each sum is the same chain as in a tile.
template <class T, class Arch>
[[gnu::noinline]] void affine_value(const T* x, const T* w, const T* b, T* y, int in, int out, T floor) noexcept {
    using V = vec<T, Arch>;
    constexpr int lanes = lanes_of<T, Arch>;
    const V least(floor);
    const std::ptrdiff_t panel = std::ptrdiff_t(2 * lanes) * in;
    int u = 0;
    for (; u + 8 * lanes <= out; u += 8 * lanes, w += 4 * panel) {
        V sum[8];
#pragma GCC unroll 8
        for (int v = 0; v < 8; ++v) sum[v] = b == nullptr ? V(T(0)) : V::load_unaligned(b + u + v * lanes);
        for (int i = 0; i < in; ++i) {
            const V factor(x[i]);
            const T* const row = w + std::ptrdiff_t(2 * lanes) * i;
#pragma GCC unroll 8
            for (int v = 0; v < 8; ++v)
                sum[v] = multiply_add<T, Arch>(factor, V::load_unaligned(row + v / 2 * panel + v % 2 * lanes), sum[v]);
        }
#pragma GCC unroll 8
        for (int v = 0; v < 8; ++v) at_least<T, Arch>(sum[v], least).store_unaligned(y + u + v * lanes);
    }
    for (; u < out; u += 2 * lanes, w += panel) {
        const int width = panel_width(u, out, lanes), used = out - u < width ? out - u : width;
        if (width == lanes) {
            V sum = b == nullptr ? V(T(0)) : load<T, Arch>(b + u, used);
            for (int i = 0; i < in; ++i)
                sum = multiply_add<T, Arch>(V(x[i]), V::load_unaligned(w + std::ptrdiff_t(lanes) * i), sum);
            store<T, Arch>(y + u, at_least<T, Arch>(sum, least), used);
            continue;
        }
        V first(T(0)), second(T(0));
        if (b != nullptr) first = V::load_unaligned(b + u), second = load<T, Arch>(b + u + lanes, used - lanes);
        for (int i = 0; i < in; ++i) {
            const V factor(x[i]);
            const T* const row = w + std::ptrdiff_t(2 * lanes) * i;
            first = multiply_add<T, Arch>(factor, V::load_unaligned(row), first);
            second = multiply_add<T, Arch>(factor, V::load_unaligned(row + lanes), second);
        }
        at_least<T, Arch>(first, least).store_unaligned(y + u);
        store<T, Arch>(y + u + lanes, at_least<T, Arch>(second, least), used - lanes);
    }
}

/// y = max(x·w + b, floor) of `samples` samples.
template <class T, class Arch>
[[gnu::noinline]] void affine_values(const T* x, const T* w, const T* b, T* y, int samples, int in, int out,
                                     T floor) noexcept {
    if (samples == 1) return affine_value<T, Arch>(x, w, b, y, in, out, floor);
    product<T> p;
    p.a = x, p.a_m = in;
    p.b = {w, 0, in};
    p.c = {y, out};
    p.start = b;
    p.floor = floor;
    p.m = samples, p.n = out, p.k = in;
    multiply<T, Arch>(p);
}

/// dx = dy·wᵀ. One panel of wᵀ at a time is transposed into memory that stays in L1, for all samples.
template <class T, class Arch>
[[gnu::noinline]] void affine_input_gradients(const T* dy, const T* w, T* dx, int samples, int in, int out,
                                              T* scratch) noexcept {
    product<T> p;
    p.scratch = scratch;
    p.a = dy, p.a_m = out;
    p.b = {w, 0, in};
    p.b_transposed = true;
    p.c = {dx, in};
    p.m = samples, p.n = in, p.k = out;
    multiply<T, Arch>(p);
}

/// dw = xᵀ·dy over the whole batch, for inputs [first, last).
template <class T, class Arch>
[[gnu::noinline]] void affine_weight_gradients(const T* x, const T* dy, T* dw, int samples, int first, int last, int in,
                                               int out, T* scratch) noexcept {
    product<T> p;
    p.scratch = scratch;
    p.a = x + first, p.a_m = 1, p.a_k = in;
    p.b = {dy, out};
    p.c = {dw, 0, in, first};
    p.m = last - first, p.n = out, p.k = samples;
    multiply<T, Arch>(p);
}

template <key K, class F, class T, class Arch>
struct kernel<operations::affine::kind, K, F, T, Arch> {
    [[gnu::always_inline]] static void run(const call<T>& c) noexcept {
        constexpr int in = K.x.d0, out = K.y.d0;
        const T* const b = K.bias ? c.at[2] : nullptr;
        T* const y = c.at[K.bias ? 3 : 2];
        if constexpr (is_small_affine(in, out)) {
            const std::ptrdiff_t first = c.first;
            small_affines<in, out, F, T, Arch>(c.at[0] + first * in, c.at[1], b, y + first * out, c.last - first);
        } else {
            const std::ptrdiff_t first = c.first, samples = c.last - c.first;
            affine_values<T, Arch>(c.at[0] + first * in, c.at[1], b, y + first * out, static_cast<int>(samples), in,
                                   out, floor_of<F, T>());
            apply_function<F, T, Arch>(y + first * out, samples * out);
        }
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::affine_input_gradient::kind, K, F, T, Arch> {
    static constexpr int scratch = scratch_of_product<T, Arch>(K.x.d0, false);
    static void run(const call<T>& c) noexcept {
        constexpr int in = K.x.d0, out = K.y.d0;
        affine_input_gradients<T, Arch>(c.at[0] + std::ptrdiff_t(c.first) * out, c.at[1],
                                        c.at[2] + std::ptrdiff_t(c.first) * in, c.last - c.first, in, out, c.scratch);
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::affine_weight_gradient::kind, K, F, T, Arch> {
    static constexpr int scratch = scratch_of_product<T, Arch>(K.y.d0, K.y.d0 % lanes_of<T, Arch> == 0);
    static void run(const call<T>& c) noexcept {
        constexpr int in = K.x.d0, out = K.y.d0;
        affine_weight_gradients<T, Arch>(c.at[0], c.at[1], c.at[2], c.batch, c.first, c.last, in, out, c.scratch);
        if (K.bias && c.first == 0) sum_rows<T, Arch>(c.at[1], c.batch, out, c.at[3]);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
