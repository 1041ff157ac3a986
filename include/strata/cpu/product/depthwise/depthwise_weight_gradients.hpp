#pragma once
/// depthwise_weight_gradients — dw of one image, added to what is there: channels in registers, row by row of dy.
#include <strata/cpu/product/depthwise/depthwise_values.hpp>
#include <strata/cpu/windows.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline STRATA_ABI::on_cpu {

template <class T, class Arch>
class depthwise_weight_gradients {
  public:
    static constexpr int lanes = lanes_of<T, Arch>;
    using V = vec<T, Arch>;

    depthwise_weight_gradients(const image_windows& g, const T* x, const T* dy, T* dw) noexcept
        : g_(g), x_(x), dy_(dy), dw_(dw) {}

    /// Kernels of 3 x 3 with a `Stride` keep all their sums in registers; 0: any kernel.
    template <int Stride>
    void run() const noexcept {
        const range inner = g_.inner_columns(), middle = g_.inner_rows();
        const std::ptrdiff_t taps = std::ptrdiff_t(g_.win.kernel_h) * g_.win.kernel_w;
        for (int i = 0; i < g_.OH; ++i) {
            const range u = g_.taps_h(i);
            for (int c = 0; c < g_.C; c += lanes) {
                const int panel = c - c % (2 * lanes), step = panel_width(panel, g_.C, lanes);
                T* const dw = dw_ + panel * taps + c - panel;
                const int n = g_.C - c < lanes ? g_.C - c : lanes;
                if constexpr (Stride > 0) {
                    if (i >= middle.first && i < middle.last && n == lanes && inner.first < inner.last) {
                        edges(i, {0, 3}, inner, c, n, dw, step);
                        nine<Stride>(i, inner, c, dw, step);
                        continue;
                    }
                }
                edges(i, u, inner, c, n, dw, step);
                for (int row = u.first; row < u.last; ++row)
                    for (int v = 0; v < g_.win.kernel_w;) v += block(i, row, v, inner, c, n, dw, step);
            }
        }
    }

  private:
    [[nodiscard]] const T* at(int i, int j, int u, int v, int c) const { return x_ + g_.pixel(i, j, u, v) * g_.C + c; }

    /// Output columns that do not meet all taps.
    void edges(int i, range u, range inner, int c, int n, T* dw, int step) const {
        for (int j = 0; j < g_.OW; ++j) {
            if (j == inner.first && inner.first < inner.last) j = inner.last;
            if (j >= g_.OW) break;
            const V dy = load<T, Arch>(dy_ + g_.output(i, j) * g_.C + c, n);
            const range v = g_.taps_w(j);
            for (int row = u.first; row < u.last; ++row)
                for (int column = v.first; column < v.last; ++column) {
                    T* const to = dw + (row * g_.win.kernel_w + column) * step;
                    const V x = load<T, Arch>(at(i, j, row, column, c), n);
                    multiply_add<T, Arch>(x, dy, V::load_unaligned(to)).store_unaligned(to);
                }
        }
    }
    /// Some taps of a kernel row, from v on, over the inner columns; gives how many.
    int block(int i, int u, int v, range inner, int c, int n, T* dw, int step) const {
        const int rest = g_.win.kernel_w - v;
        T* const to = dw + (u * g_.win.kernel_w + v) * step;
        if (rest >= 4) return taps<4>(i, u, v, inner, c, n, to, step), 4;
        if (rest >= 3) return taps<3>(i, u, v, inner, c, n, to, step), 3;
        return taps<1>(i, u, v, inner, c, n, to, step), 1;
    }
    template <int Taps>
    [[gnu::noinline]] void taps(int i, int u, int v, range inner, int c, int n, T* dw, int step) const {
        constexpr int ahead = 2; // outputs at a time: no sum waits for the one before it
        if (inner.first >= inner.last) return;
        const std::ptrdiff_t next = std::ptrdiff_t(g_.win.stride_w) * g_.C,
                             tap = std::ptrdiff_t(g_.win.dilation_w) * g_.C;
        V sum[unsigned(ahead)][unsigned(Taps)];
#pragma GCC unroll 4
        for (int t = 0; t < Taps; ++t) sum[0][t] = V::load_unaligned(dw + t * step), sum[1][t] = V(T(0));
        const T *x = at(i, inner.first, u, v, c), *dy = dy_ + g_.output(i, inner.first) * g_.C + c;
        const auto add = [&](V(&to)[unsigned(Taps)]) {
            const V d = load<T, Arch>(dy, n);
#pragma GCC unroll 4
            for (int t = 0; t < Taps; ++t) to[t] = multiply_add<T, Arch>(load<T, Arch>(x + t * tap, n), d, to[t]);
            x += next, dy += g_.C;
        };
        int j = inner.first;
        for (; j + ahead <= inner.last; j += ahead) add(sum[0]), add(sum[1]);
        if (j < inner.last) add(sum[0]);
#pragma GCC unroll 4
        for (int t = 0; t < Taps; ++t) (sum[0][t] + sum[1][t]).store_unaligned(dw + t * step);
    }
    /// All taps of a kernel of 3 x 3 over the inner columns of row i, whose rows are all inside.
    template <int Stride>
    [[gnu::noinline]] void nine(int i, range inner, int c, T* dw, int step) const {
        V sum[3][3];
#pragma GCC unroll 3
        for (int u = 0; u < 3; ++u)
#pragma GCC unroll 3
            for (int v = 0; v < 3; ++v) sum[u][v] = V::load_unaligned(dw + (u * 3 + v) * step);
        const std::ptrdiff_t C = g_.C, row = std::ptrdiff_t(g_.W) * C;
        const T *x = at(i, inner.first, 0, 0, c), *dy = dy_ + g_.output(i, inner.first) * C + c;
        int j = inner.first;
        for (; j + 4 <= inner.last; j += 4, x += 4 * Stride * C, dy += 4 * C) many<Stride, 4>(x, dy, row, C, sum);
        for (; j < inner.last; ++j, x += Stride * C, dy += C) many<Stride, 1>(x, dy, row, C, sum);
#pragma GCC unroll 3
        for (int u = 0; u < 3; ++u)
#pragma GCC unroll 3
            for (int v = 0; v < 3; ++v) sum[u][v].store_unaligned(dw + (u * 3 + v) * step);
    }
    template <int Stride, int Outputs>
    [[gnu::always_inline]] static void many(const T* x, const T* dy, std::ptrdiff_t row, std::ptrdiff_t C,
                                            V (&sum)[3][3]) {
        V d[unsigned(Outputs)];
#pragma GCC unroll 4
        for (int o = 0; o < Outputs; ++o) d[o] = V::load_unaligned(dy + o * C);
#pragma GCC unroll 3
        for (int u = 0; u < 3; ++u)
#pragma GCC unroll 16
            for (int column = 0; column < (Outputs - 1) * Stride + 3; ++column) {
                const V here = held<T, Arch>(V::load_unaligned(x + u * row + column * C));
#pragma GCC unroll 3
                for (int v = 0; v < 3; ++v)
                    if ((column - v) % Stride == 0 && column >= v && (column - v) / Stride < Outputs)
                        sum[u][v] = multiply_add<T, Arch>(here, d[(column - v) / Stride], sum[u][v]);
            }
    }

    const image_windows& g_;
    const T *x_, *dy_;
    T* dw_;
};

template <int Stride, class T, class Arch>
#if !defined(__clang__)
[[gnu::noclone]] // a clone for each shape would cost compile time and gain nothing
#endif
[[gnu::noinline]] void
depthwise_image_weight_gradients(const image_windows& g, const T* x, const T* dy, T* dw) noexcept {
    depthwise_weight_gradients<T, Arch>(g, x, dy, dw).template run<Stride>();
}

} // namespace strata::inline STRATA_ABI::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
