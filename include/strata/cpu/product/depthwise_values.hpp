#pragma once
/// depthwise_values — y of one image, or dx: sums over taps, with channels in registers and several outputs of a row at a
/// time. A sum stays in its register from its first term to its last, rows of taps outside, columns inside.
#include <strata/cpu/pointwise/elementwise.hpp>
#include <strata/cpu/product/depthwise_taps.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline STRATA_ABI::on_cpu {

/// How a sum begins and ends: + shift, or · factor + shift, then at least `floor`. Null: none.
template <class T>
struct depthwise_ends {
    const T *factor = nullptr, *shift = nullptr;
    T floor = -std::numeric_limits<T>::infinity();
};

template <class T, class Arch>
class depthwise_values {
  public:
    static constexpr int lanes = lanes_of<T, Arch>;
    using V = vec<T, Arch>;

    depthwise_values(const depthwise_taps& rows, const depthwise_taps& columns, int channels, const T* x, const T* w,
                     T* y, const depthwise_ends<T>& ends) noexcept
        : rows_(rows), columns_(columns), C_(channels), x_(x), w_(w), y_(y), ends_(ends) {}

    /// Kernels of `Width` columns a `Stride` apart keep what neighbours share in registers; 0: any.
    template <int Width, int Stride>
    void run() const noexcept {
        for (int i = 0; i < rows_.out; ++i) {
            const met_taps down = rows_.of(i);
            for (int phase = 0; phase < columns_.period && phase < columns_.out; ++phase)
                for (int j = phase; j < columns_.out;) {
                    const met_taps right = columns_.of(j);
                    const int together = columns_.run(j, right), outputs = together > 0 ? together : 1;
                    each_panel([&](int c, int n, std::ptrdiff_t weight, int step) {
                        row_of_outputs<(Width > 0 ? Width : 0), Stride>(i, j, down, right, outputs, together > 0, c, n,
                                                                        weight, step);
                    });
                    j += outputs * columns_.period;
                }
        }
    }

  private:
    /// body(channel, channels, where its weights begin, numbers between taps) for each register of channels.
    template <class Body>
    [[gnu::always_inline]] void each_panel(Body&& body) const {
        const std::ptrdiff_t taps = std::ptrdiff_t(rows_.taps) * columns_.taps;
        for (int c = 0; c < C_; c += lanes) {
            const int panel = c - c % (2 * lanes);
            body(c, C_ - c < lanes ? C_ - c : lanes, panel * taps + c - panel, panel_width(panel, C_, lanes));
        }
    }
    struct tile {
        const T *x, *w;
        T* y;
        int rows, columns;                      ///< of taps
        std::ptrdiff_t x_row, x_column, x_next; ///< between rows and columns of taps, and between outputs
        std::ptrdiff_t w_row, w_column, y_next;
        int channel, count;
    };

    template <int Width, int Stride>
    [[gnu::always_inline]] void row_of_outputs(int i, int j, const met_taps& down, const met_taps& right, int outputs,
                                               bool inner, int c, int n, std::ptrdiff_t weight, int step) const {
        tile t;
        t.x_row = std::ptrdiff_t(rows_.in_step) * columns_.in * C_, t.x_column = std::ptrdiff_t(columns_.in_step) * C_;
        t.x_next = std::ptrdiff_t(columns_.advance) * C_, t.y_next = std::ptrdiff_t(columns_.period) * C_;
        t.w_row = std::ptrdiff_t(rows_.tap_step) * columns_.taps * step, t.w_column = columns_.tap_step * step;
        t.rows = down.count, t.columns = right.count;
        t.x = x_ + (std::ptrdiff_t(down.at) * columns_.in + right.at) * C_ + c;
        t.w = w_ + weight + (std::ptrdiff_t(down.first) * columns_.taps + right.first) * step;
        t.y = y_ + (std::ptrdiff_t(i) * columns_.out + j) * C_ + c;
        t.channel = c, t.count = n;
        if (Width > 0 && inner && n == lanes) {
            if (t.x_column < 0) { // from the last tap to the first, so that places ascend
                t.x += (t.columns - 1) * t.x_column, t.w += (t.columns - 1) * t.w_column;
                t.x_column = -t.x_column, t.w_column = -t.w_column;
            }
            while (outputs >= 8) shared<Width, Stride, 8>(t), outputs -= 8;
            if (outputs >= 4) shared<Width, Stride, 4>(t), outputs -= 4;
            if (outputs >= 2) shared<Width, Stride, 2>(t), outputs -= 2;
            if (outputs >= 1) shared<Width, Stride, 1>(t);
            return;
        }
        while (outputs >= 8) any<8>(t), outputs -= 8;
        if (outputs >= 4) any<4>(t), outputs -= 4;
        for (; outputs >= 1; --outputs) any<1>(t);
    }
    template <int Outputs>
    [[gnu::always_inline]] void store_tile(tile& t, V (&sum)[unsigned(Outputs)]) const {
        const V floor(ends_.floor);
#pragma GCC unroll 8
        for (int o = 0; o < Outputs; ++o) {
            if (ends_.factor != nullptr)
                sum[o] = multiply_add<T, Arch>(sum[o], load<T, Arch>(ends_.factor + t.channel, t.count),
                                               load<T, Arch>(ends_.shift + t.channel, t.count));
            store<T, Arch>(t.y + o * t.y_next, at_least<T, Arch>(sum[o], floor), t.count);
        }
        t.x += Outputs * t.x_next, t.y += Outputs * t.y_next;
    }
    [[nodiscard]] [[gnu::always_inline]] V start(const tile& t) const {
        return ends_.shift != nullptr && ends_.factor == nullptr ? load<T, Arch>(ends_.shift + t.channel, t.count)
                                                                 : V(T(0));
    }
    /// Any taps, one after the other.
    template <int Outputs>
    [[gnu::always_inline]] void any(tile& t) const {
        V sum[unsigned(Outputs)];
        const V begin = start(t);
#pragma GCC unroll 8
        for (int o = 0; o < Outputs; ++o) sum[o] = begin;
        for (int u = 0; u < t.rows; ++u)
            for (int v = 0; v < t.columns; ++v) {
                const V w = V::load_unaligned(t.w + u * t.w_row + v * t.w_column);
                const T* const x = t.x + u * t.x_row + v * t.x_column;
#pragma GCC unroll 8
                for (int o = 0; o < Outputs; ++o)
                    sum[o] = multiply_add<T, Arch>(load<T, Arch>(x + o * t.x_next, t.count), w, sum[o]);
            }
        store_tile<Outputs>(t, sum);
    }
    /// A whole row of taps: each column of x is read once, by all outputs that meet it.
    template <int Width, int Stride, int Outputs>
    [[gnu::always_inline]] void shared(tile& t) const {
        V sum[unsigned(Outputs)];
        const V begin = start(t);
#pragma GCC unroll 8
        for (int o = 0; o < Outputs; ++o) sum[o] = begin;
        for (int u = 0; u < t.rows; ++u) {
            V w[unsigned(Width)];
#pragma GCC unroll 8
            for (int v = 0; v < Width; ++v) w[v] = V::load_unaligned(t.w + u * t.w_row + v * t.w_column);
            const T* const x = t.x + u * t.x_row;
#pragma GCC unroll 24
            for (int column = 0; column < (Outputs - 1) * Stride + Width; ++column) {
                const V here = V::load_unaligned(x + column * std::ptrdiff_t(C_));
#pragma GCC unroll 8
                for (int v = 0; v < Width; ++v)
                    if ((column - v) % Stride == 0 && column >= v && (column - v) / Stride < Outputs)
                        sum[(column - v) / Stride] = multiply_add<T, Arch>(here, w[v], sum[(column - v) / Stride]);
            }
        }
        store_tile<Outputs>(t, sum);
    }

    const depthwise_taps &rows_, &columns_;
    int C_;
    const T *x_, *w_;
    T* y_;
    const depthwise_ends<T>& ends_;
};

template <int Width, int Stride, class T, class Arch>
[[gnu::noinline]] void depthwise_image(const depthwise_taps& rows, const depthwise_taps& columns, int channels,
                                       const T* x, const T* w, T* y, const depthwise_ends<T>& ends) noexcept {
    depthwise_values<T, Arch>(rows, columns, channels, x, w, y, ends).template run<Width, Stride>();
}

} // namespace strata::inline STRATA_ABI::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
