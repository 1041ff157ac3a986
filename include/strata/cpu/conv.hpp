#pragma once
/// Kernels of conv and its gradients over channels-last images: accumulated products over contiguous runs, no im2col.
///   x [N, H, W, C], y [N, H', W', F];  w [G, KH, KW, C/G, F/G], F/G padded to the lanes
#include <strata/cpu/elementwise.hpp>
#include <strata/cpu/sum_rows.hpp>
#include <strata/cpu/tile.hpp>

namespace strata::inline v0_1::on_cpu {

/// A half-open range.
struct range {
    int first = 0, last = 0;
};

/// The output positions j in [0, out) whose input position j·stride + tap·dilation − before lies in [0, in).
constexpr range outputs_of_tap(int tap, int in, int out, int stride, int dilation, int before) {
    const int shift = tap * dilation - before;
    const int first = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
    const int last = in - shift <= 0 ? 0 : (in - shift - 1) / stride + 1;
    const int end = last < out ? last : out;
    return {first < end ? first : end, end};
}
/// The taps whose input position lies in [0, in), for output position j.
constexpr range taps_of_output(int j, int in, int kernel, int stride, int dilation, int before) {
    const int shift = j * stride - before;
    const int first = shift >= 0 ? 0 : (-shift + dilation - 1) / dilation;
    const int last = in - shift <= 0 ? 0 : (in - shift - 1) / dilation + 1;
    const int end = last < kernel ? last : kernel;
    return {first < end ? first : end, end};
}

template <key K>
struct conv_facts {
    static constexpr window win = K.win;
    static constexpr int C = K.x.d0, H = K.x.d1, W = K.x.d2, F = K.y.d0, OH = K.y.d1, OW = K.y.d2, G = K.groups;
    static constexpr int CG = C / G, FG = F / G;
    static constexpr int row = padded_to(FG, K.lanes);            ///< of a weight
    static constexpr int transposed_row = padded_to(CG, K.lanes); ///< of a transposed weight
    /// Taps of one kernel row meet contiguous input: one run of KW·C numbers.
    static constexpr bool contiguous = win.dilation_w == 1 && G == 1;
    /// Output columns for which every tap of a row lies inside the image.
    static constexpr range interior{
        outputs_of_tap(0, W, OW, win.stride_w, win.dilation_w, win.left).first,
        outputs_of_tap(win.kernel_w - 1, W, OW, win.stride_w, win.dilation_w, win.left).last};
    static constexpr bool has_interior = interior.first < interior.last;

    static constexpr range taps_h(int i) { return taps_of_output(i, H, win.kernel_h, win.stride_h, win.dilation_h, win.top); }
    static constexpr range taps_w(int j) { return taps_of_output(j, W, win.kernel_w, win.stride_w, win.dilation_w, win.left); }
    static constexpr range columns(int v) { return outputs_of_tap(v, W, OW, win.stride_w, win.dilation_w, win.left); }
    static constexpr range rows(int u) { return outputs_of_tap(u, H, OH, win.stride_h, win.dilation_h, win.top); }
};

template <key K, class Function, class T, class Arch>
struct kernel<op::conv, K, Function, T, Arch> {
    using f = conv_facts<K>;

    static void run(const call<T>& c) noexcept {
        const T* const start = K.bias ? c.at[2] : nullptr;
        T* const output = c.at[K.scaled ? 4 : K.bias ? 3 : 2];
        for (int n = c.first; n < c.last; ++n)
            for (int i = 0; i < f::OH; ++i) {
                const T* const x = c.at[0] + std::ptrdiff_t(n) * f::H * f::W * f::C;
                T* const y = output + (std::ptrdiff_t(n) * f::OH + i) * f::OW * f::F;
                if constexpr (f::contiguous) row_of_runs(x, c.at[1], start, y, i);
                else row_of_taps(x, c.at[1], start, y, i);
                if constexpr (K.scaled) scale(y, c.at[2], c.at[3]);
                apply_function<Function, T, Arch>(y, std::ptrdiff_t(f::OW) * f::F);
            }
    }

  private:
    static product<T> output_row(const T* x, const T* w, const T* start, T* y, int i) {
        const range u = f::taps_h(i);
        product<T> p;
        p.a = x + std::ptrdiff_t(i * f::win.stride_h - f::win.top + u.first * f::win.dilation_h) * f::W * f::C;
        p.a_m = f::win.stride_w * f::C;
        p.a_r = std::ptrdiff_t(f::win.dilation_h) * f::W * f::C;
        p.b = w + std::ptrdiff_t(u.first) * f::win.kernel_w * f::CG * f::row;
        p.b_k = f::row;
        p.b_r = std::ptrdiff_t(f::win.kernel_w) * f::CG * f::row;
        p.rows = u.last - u.first;
        p.c = y;
        p.c_m = f::F;
        p.start = start;
        p.n = f::FG;
        return p;
    }
    /// Columns [j, j + m) that share their valid taps v.
    static void run_of_columns(product<T> p, int j, int m, range v) {
        p.a += std::ptrdiff_t(j * f::win.stride_w - f::win.left + v.first) * f::C;
        p.b += std::ptrdiff_t(v.first) * f::C * f::row;
        p.k = (v.last - v.first) * f::C;
        p.c += std::ptrdiff_t(j) * f::F;
        p.m = m;
        multiply<false, false, T, Arch>(p);
    }
    static void row_of_runs(const T* x, const T* w, const T* start, T* y, int i) {
        const product<T> p = output_row(x, w, start, y, i);
        constexpr int first = f::has_interior ? f::interior.first : f::OW, last = f::has_interior ? f::interior.last : f::OW;
        for (int j = 0; j < first; ++j) run_of_columns(p, j, 1, f::taps_w(j));
        if constexpr (f::has_interior) run_of_columns(p, first, last - first, {0, f::win.kernel_w});
        for (int j = last; j < f::OW; ++j) run_of_columns(p, j, 1, f::taps_w(j));
    }
    static void row_of_taps(const T* x, const T* w, const T* start, T* y, int i) {
        for (int j = 0; j < f::OW; ++j)
            for (int o = 0; o < f::F; ++o) y[j * f::F + o] = start != nullptr ? start[o] : T(0);
        const product<T> whole = output_row(x, w, nullptr, y, i);
        for (int g = 0; g < f::G; ++g)
            for (int v = 0; v < f::win.kernel_w; ++v) {
                const range j = f::columns(v);
                product<T> p = whole;
                p.a += std::ptrdiff_t(j.first * f::win.stride_w + v * f::win.dilation_w - f::win.left) * f::C + g * f::CG;
                p.b += (std::ptrdiff_t(g) * f::win.kernel_h * f::win.kernel_w + v) * f::CG * f::row;
                p.k = f::CG;
                p.c += std::ptrdiff_t(j.first) * f::F + g * f::FG;
                p.m = j.last - j.first;
                p.accumulate = true;
                multiply<false, false, T, Arch>(p);
            }
    }
    static void scale(T* y, const T* factor, const T* shift) {
        for (int j = 0; j < f::OW; ++j)
            each_register<T, Arch>(f::F, [&](std::ptrdiff_t o, int n) {
                T* const at = y + std::ptrdiff_t(j) * f::F + o;
                store<T, Arch>(at, multiply_add<T, Arch>(load<T, Arch>(at, n), load<T, Arch>(factor + o, n),
                                                         load<T, Arch>(shift + o, n)), n);
            });
    }
};

template <key K, class Function, class T, class Arch>
struct kernel<op::conv_input_gradient, K, Function, T, Arch> {
    using f = conv_facts<K>;

    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const T* const dy = c.at[0] + std::ptrdiff_t(n) * f::OH * f::OW * f::F;
            T* const dx = c.at[2] + std::ptrdiff_t(n) * f::H * f::W * f::C;
            for (std::ptrdiff_t e = 0; e < std::ptrdiff_t(f::H) * f::W * f::C; ++e) dx[e] = T(0);
            for (int g = 0; g < f::G; ++g)
                for (int u = 0; u < f::win.kernel_h; ++u)
                    for (int v = 0; v < f::win.kernel_w; ++v) tap(dy, c.at[1], dx, g, u, v);
        }
    }

  private:
    /// Every output row and column that tap (u, v) reads from adds into the pixels it reads.
    static void tap(const T* dy, const T* w, T* dx, int g, int u, int v) {
        const range i = f::rows(u), j = f::columns(v);
        product<T> p;
        p.a_m = f::F;
        p.b = w + ((std::ptrdiff_t(g) * f::win.kernel_h + u) * f::win.kernel_w + v) * f::FG * f::transposed_row;
        p.b_k = f::transposed_row;
        p.k = f::FG;
        p.c_m = std::ptrdiff_t(f::win.stride_w) * f::C;
        p.accumulate = true;
        p.m = j.last - j.first;
        p.n = f::CG;
        for (int row = i.first; row < i.last; ++row) {
            const int h = row * f::win.stride_h + u * f::win.dilation_h - f::win.top;
            const int left = j.first * f::win.stride_w + v * f::win.dilation_w - f::win.left;
            p.a = dy + (std::ptrdiff_t(row) * f::OW + j.first) * f::F + g * f::FG;
            p.c = dx + (std::ptrdiff_t(h) * f::W + left) * f::C + g * f::CG;
            multiply<false, false, T, Arch>(p);
        }
    }
};

template <key K, class Function, class T, class Arch>
struct kernel<op::conv_weight_gradient, K, Function, T, Arch> {
    using f = conv_facts<K>;
    static constexpr bool partial = f::FG % lanes_of<T, Arch> != 0;

    static void run(const call<T>& c) noexcept {
        T* const dw = c.at[2];
        constexpr std::ptrdiff_t size = std::ptrdiff_t(f::G) * f::win.kernel_h * f::win.kernel_w * f::CG * f::row;
        for (std::ptrdiff_t e = 0; e < size; ++e) dw[e] = T(0);
        for (int n = c.first; n < c.last; ++n) {
            const T* const x = c.at[0] + std::ptrdiff_t(n) * f::H * f::W * f::C;
            const T* const dy = c.at[1] + std::ptrdiff_t(n) * f::OH * f::OW * f::F;
            for (int u = 0; u < f::win.kernel_h; ++u) {
                if constexpr (f::contiguous && f::has_interior) {
                    // All taps of a kernel row at once where none leaves the image, the edges tap by tap.
                    taps(x, dy, dw, 0, u, 0, f::win.kernel_w, f::interior);
                    for (int v = 0; v < f::win.kernel_w; ++v) {
                        const range j = f::columns(v);
                        taps(x, dy, dw, 0, u, v, 1, {j.first, f::interior.first});
                        taps(x, dy, dw, 0, u, v, 1, {f::interior.last, j.last});
                    }
                } else {
                    for (int g = 0; g < f::G; ++g)
                        for (int v = 0; v < f::win.kernel_w; ++v) taps(x, dy, dw, g, u, v, 1, f::columns(v));
                }
            }
        }
        if constexpr (K.bias)
            sum_rows<T, Arch>(c.at[1] + std::ptrdiff_t(c.first) * f::OH * f::OW * f::F, (c.last - c.first) * f::OH * f::OW, f::F,
                              c.at[3]);
    }

  private:
    /// dw of `count` neighbouring taps from (u, v) on, over output columns j and every valid output row.
    static void taps(const T* x, const T* dy, T* dw, int g, int u, int v, int count, range j) {
        const range i = f::rows(u);
        if (j.first >= j.last || i.first >= i.last) return;
        product<T> p;
        const int h = i.first * f::win.stride_h + u * f::win.dilation_h - f::win.top;
        const int left = j.first * f::win.stride_w + v * f::win.dilation_w - f::win.left;
        p.a = x + (std::ptrdiff_t(h) * f::W + left) * f::C + g * f::CG;
        p.a_m = 1;
        p.a_k = std::ptrdiff_t(f::win.stride_w) * f::C;
        p.a_r = std::ptrdiff_t(f::win.stride_h) * f::W * f::C;
        p.b = dy + (std::ptrdiff_t(i.first) * f::OW + j.first) * f::F + g * f::FG;
        p.b_k = f::F;
        p.b_r = std::ptrdiff_t(f::OW) * f::F;
        p.k = j.last - j.first;
        p.rows = i.last - i.first;
        p.c = dw + ((std::ptrdiff_t(g) * f::win.kernel_h + u) * f::win.kernel_w + v) * f::CG * f::row;
        p.c_m = f::row;
        p.accumulate = true;
        p.m = count * f::CG;
        p.n = f::FG;
        multiply<partial, true, T, Arch>(p);
    }
};

} // namespace strata::inline v0_1::on_cpu
