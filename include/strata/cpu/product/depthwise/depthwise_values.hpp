#pragma once
/// depthwise_values — y of one image, or dx: sums over taps, with channels in registers and several outputs of a row at
/// a time. A sum stays in its register from its first term to its last, rows of taps outside, columns inside.
#include <strata/cpu/pointwise/elementwise.hpp>
#include <strata/cpu/product/depthwise/depthwise_taps.hpp>

#include <utility>

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

/// body(std::integral_constant<int, i>) for i from 0 on: a loop whose counter indexes registers.
template <int Count, class Body>
[[gnu::always_inline]] inline void each_constant(Body&& body) {
    [&]<int... Each>(std::integer_sequence<int, Each...>) __attribute__((always_inline)) {
        (body(std::integral_constant<int, Each>{}), ...);
    }(std::make_integer_sequence<int, Count>{});
}

/// x in a register. (g++ would read it from memory again for each sum that it takes part in.)
template <class T, class Arch>
[[gnu::always_inline]] inline vec<T, Arch> held(const vec<T, Arch>& x) {
    typename vec<T, Arch>::register_type in_register = x;
#if defined(__AVX512F__)
    asm("" : "+v"(in_register));
#elif defined(__x86_64__)
    asm("" : "+x"(in_register));
#elif defined(__aarch64__)
    asm("" : "+w"(in_register));
#endif
    return vec<T, Arch>(in_register);
}

/// The channels [first, last), of which the first begins a panel.
using channel_range = range;

/// Some outputs of one row: where they read and write, and which taps they meet. A weight is w_first + u · w_row + v ·
/// w_column taps behind the panel's first.
template <class T>
struct depthwise_tile {
    const T *x, *w;
    T* y;
    int channels, taps;                     ///< of the image, and of the kernel
    int rows, columns;                      ///< of the taps that are met
    std::ptrdiff_t x_row, x_column, x_next; ///< between rows and columns of taps, and between outputs
    std::ptrdiff_t y_next;
    int w_first, w_row, w_column;
};

/// A register of channels of a tile: sums of all outputs, from their beginning to their end.
template <int Outputs, class T, class Arch>
struct depthwise_sums {
    using V = vec<T, Arch>;
    V sum[unsigned(Outputs)];

    [[gnu::always_inline]] depthwise_sums(const depthwise_ends<T>& ends, int c, int n) {
        const V begin = ends.shift != nullptr && ends.factor == nullptr ? load<T, Arch>(ends.shift + c, n) : V(T(0));
#pragma GCC unroll 8
        for (int o = 0; o < Outputs; ++o) sum[o] = begin;
    }
    [[gnu::always_inline]] void finish(const depthwise_ends<T>& ends, T* y, std::ptrdiff_t y_next, int c, int n) {
        const V floor(ends.floor);
        if (ends.factor != nullptr) {
            const V factor = load<T, Arch>(ends.factor + c, n), shift = load<T, Arch>(ends.shift + c, n);
#pragma GCC unroll 8
            for (int o = 0; o < Outputs; ++o) sum[o] = multiply_add<T, Arch>(sum[o], factor, shift);
        }
#pragma GCC unroll 8
        for (int o = 0; o < Outputs; ++o) store<T, Arch>(y + o * y_next, at_least<T, Arch>(sum[o], floor), n);
    }
};

/// Any taps, one after the other.
template <int Outputs, class T, class Arch>
[[gnu::noinline]] void depthwise_by_taps(const depthwise_tile<T>& t, const depthwise_ends<T>& ends,
                                         channel_range channels) noexcept {
    using V = vec<T, Arch>;
    constexpr int lanes = lanes_of<T, Arch>;
    for (int c = channels.first; c < channels.last; c += lanes) {
        const int n = t.channels - c < lanes ? t.channels - c : lanes;
        const int panel = c - c % (2 * lanes);
        const std::ptrdiff_t step = panel_width(panel, t.channels, lanes), column = t.w_column * step;
        depthwise_sums<Outputs, T, Arch> sums(ends, c, n);
        const T *row = t.x + c, *w_row = t.w + std::ptrdiff_t(panel) * t.taps + c - panel + t.w_first * step;
        for (int u = 0; u < t.rows; ++u, row += t.x_row, w_row += t.w_row * step) {
            const T *x = row, *w = w_row;
            for (int v = 0; v < t.columns; ++v, x += t.x_column, w += column) {
                const V weight = V::load_unaligned(w);
#pragma GCC unroll 8
                for (int o = 0; o < Outputs; ++o)
                    sums.sum[o] = multiply_add<T, Arch>(load<T, Arch>(x + o * t.x_next, n), weight, sums.sum[o]);
            }
        }
        sums.finish(ends, t.y + c, t.y_next, c, n);
    }
}

/// Whole rows of taps, in ascending order of places: each column of x is read once, for all outputs that meet it.
template <int Width, int Stride, int Outputs, class T, class Arch>
[[gnu::noinline]] void depthwise_by_columns(const depthwise_tile<T>& t, const depthwise_ends<T>& ends,
                                            channel_range channels) noexcept {
    using V = vec<T, Arch>;
    constexpr int lanes = lanes_of<T, Arch>;
    const std::ptrdiff_t C = t.channels, x_row = t.x_row;
    const int rows = t.rows;
    int c = channels.first;
    for (; c + lanes <= channels.last; c += lanes) {
        const int panel = c - c % (2 * lanes);
        const std::ptrdiff_t step = panel_width(panel, t.channels, lanes), column = t.w_column * step,
                             w_row = t.w_row * step;
        depthwise_sums<Outputs, T, Arch> sums(ends, c, lanes);
        const T *x = t.x + c, *w = t.w + std::ptrdiff_t(panel) * t.taps + c - panel + t.w_first * step;
        for (int u = 0; u < rows; ++u, x += x_row, w += w_row) {
            V weight[unsigned(Width)];
#pragma GCC unroll 8
            for (int v = 0; v < Width; ++v) weight[v] = V::load_unaligned(w + v * column);
            each_constant<(Outputs - 1) * Stride + Width>([&](auto place) __attribute__((always_inline)) {
                const V here = held<T, Arch>(V::load_unaligned(x + place * C));
                each_constant<Width>([&](auto v) __attribute__((always_inline)) {
                    constexpr int distance = decltype(place)::value - decltype(v)::value, output = distance / Stride;
                    if constexpr (distance >= 0 && distance % Stride == 0 && output < Outputs)
                        sums.sum[output] = multiply_add<T, Arch>(here, weight[decltype(v)::value], sums.sum[output]);
                });
            });
        }
        sums.finish(ends, t.y + c, t.y_next, c, lanes);
    }
    if (c < channels.last) depthwise_by_taps<Outputs, T, Arch>(t, ends, {c, channels.last});
}

/// One image. Kernels of `Width` columns a `Stride` apart keep what neighbours share in registers; 0: any kernel.
template <int Width, int Stride, class T, class Arch>
class depthwise_values {
  public:
    depthwise_values(const depthwise_taps& rows, const depthwise_taps& columns, int channels, const T* x, const T* w,
                     T* y, const depthwise_ends<T>& ends) noexcept
        : rows_(rows), columns_(columns), C_(channels), x_(x), w_(w), y_(y), ends_(ends) {}

    /// Some columns of outputs, from the first row to the last: of the rows of x that one output meets, the next finds
    /// most in L1.
    void run() const noexcept {
        // Channels in parts as equal as they can be, of at most ten registers.
        constexpr int lanes = lanes_of<T, Arch>;
        const int registers = (C_ + lanes - 1) / lanes, parts = (registers + 9) / 10;
        const int together = (registers + parts - 1) / parts * lanes;
        for (int first = 0; first < C_; first += together) {
            const channel_range c{first, C_ - first < together ? C_ : first + together};
            for (int phase = 0; phase < columns_.period && phase < columns_.out; ++phase)
                for (int j = phase; j < columns_.out;) {
                    met_taps right = columns_.of(j);
                    int run = columns_.run(j, right);
                    if (run == 0) edge(j, right, c);
                    for (; run >= 8; run -= 8) inner<8>(j, right, c);
                    if (run >= 4) inner<4>(j, right, c), run -= 4;
                    if (run >= 2) inner<2>(j, right, c), run -= 2;
                    if (run == 1) inner<1>(j, right, c);
                }
        }
    }

  private:
    /// Of the output in row i and column j.
    [[nodiscard]] depthwise_tile<T> tile(int i, int j, const met_taps& down, const met_taps& right) const {
        depthwise_tile<T> t;
        t.channels = C_, t.taps = rows_.taps * columns_.taps;
        t.rows = down.count, t.columns = right.count;
        t.x_row = std::ptrdiff_t(rows_.in_step) * columns_.in * C_, t.x_column = std::ptrdiff_t(columns_.in_step) * C_;
        t.x_next = std::ptrdiff_t(columns_.advance) * C_, t.y_next = std::ptrdiff_t(columns_.period) * C_;
        t.w_first = down.first * columns_.taps + right.first;
        t.w_row = rows_.tap_step * columns_.taps, t.w_column = columns_.tap_step;
        t.x = x_ + (std::ptrdiff_t(down.at) * columns_.in + right.at) * C_;
        t.w = w_;
        t.y = y_ + (std::ptrdiff_t(i) * columns_.out + j) * C_;
        return t;
    }
    /// A column of outputs that does not meet all taps.
    void edge(int& j, const met_taps& right, channel_range c) const {
        for (int i = 0; i < rows_.out; ++i) depthwise_by_taps<1, T, Arch>(tile(i, j, rows_.of(i), right), ends_, c);
        j += columns_.period;
    }
    /// So many columns from j on, which moves on behind them.
    template <int Outputs>
    void inner(int& j, met_taps& right, channel_range c) const {
        for (int i = 0; i < rows_.out; ++i) {
            depthwise_tile<T> t = tile(i, j, rows_.of(i), right);
            if constexpr (Width > 0) {
                if (t.x_column < 0) { // from the last tap to the first
                    t.x += (t.columns - 1) * t.x_column, t.x_column = -t.x_column;
                    t.w_first += (t.columns - 1) * t.w_column, t.w_column = -t.w_column;
                }
                depthwise_by_columns<Width, Stride, Outputs, T, Arch>(t, ends_, c);
            } else {
                depthwise_by_taps<Outputs, T, Arch>(t, ends_, c);
            }
        }
        j += Outputs * columns_.period, right.at += Outputs * columns_.advance;
    }

    const depthwise_taps &rows_, &columns_;
    int C_;
    const T *x_, *w_;
    T* y_;
    const depthwise_ends<T>& ends_;
};

template <int Width, int Stride, class T, class Arch>
#if !defined(__clang__)
[[gnu::noclone]] // a clone for each shape would cost compile time and gain nothing
#endif
[[gnu::noinline]] void
depthwise_image(const depthwise_taps& rows, const depthwise_taps& columns, int channels, const T* x, const T* w, T* y,
                const depthwise_ends<T>& ends) noexcept {
    depthwise_values<Width, Stride, T, Arch>(rows, columns, channels, x, w, y, ends).run();
}

} // namespace strata::inline STRATA_ABI::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
