#pragma once
/// Kernels of pixel_shuffle and pixel_unshuffle over channels-last images. A pixel with many channels is a matrix
/// [C, S²], whose columns are the S² pixels of its block: squares of registers are transposed on the way. Channels that
/// fill no square move one by one, in loops whose lengths the compiler knows.
#include <strata/cpu/kernel.hpp>
#include <strata/cpu/product/transpose.hpp>
#include <strata/operations/move/pixel_shuffle.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline STRATA_ABI::on_cpu {

/// The registers of a square for blocks of S², which has no more columns than that.
template <int S, class T, class Arch>
struct block_square {
#if defined(__SSE2__)
    using arch =
        std::conditional_t<(lanes_of<T, square_arch<Arch>> > S * S && sizeof(T) == 4), xsimd::sse2, square_arch<Arch>>;
#else
    using arch = square_arch<Arch>;
#endif
};

/// An image [H, W, C, S, S] beside one of [H·S, W·S, C].
template <int C, int S, int H, int W, class T, class Arch>
struct pixel_blocks {
    using A = typename block_square<S, T, Arch>::arch;
    static constexpr int lanes = lanes_of<T, A>, columns = S * S, squares = C / lanes * lanes;
    static constexpr std::ptrdiff_t row = std::ptrdiff_t(W) * S * C;
    /// Where column p of a block stands, counted from the block's first pixel.
    static constexpr std::ptrdiff_t place(int p) { return p / S * row + p % S * C; }

    /// body(deep pixel, first pixel of its block) over an image.
    template <class Deep, class Wide, class Body>
    [[gnu::always_inline]] static void each(Deep* deep, Wide* wide, Body&& body) {
        for (int h = 0; h < H; ++h, wide += S * row)
            for (int w = 0; w < W; ++w, deep += C * S * S) body(deep, wide + w * S * C);
    }
    static void shuffle(const T* x, T* y) noexcept {
        each(x, y, [](const T* deep, T* wide) {
            for (int c = 0; c < squares; c += lanes)
#pragma GCC unroll 8
                for (int p = 0; p < columns; p += lanes) {
                    const int width = columns - p < lanes ? columns - p : lanes;
                    vec<T, A> square[unsigned(lanes)];
#pragma GCC unroll 8
                    for (int i = 0; i < lanes; ++i) square[i] = load<T, A>(deep + (c + i) * columns + p, width);
                    transpose_square(square);
#pragma GCC unroll 8
                    for (int i = 0; i < width; ++i) square[i].store_unaligned(wide + place(p + i) + c);
                }
#pragma GCC unroll 8
            for (int c = squares; c < C; ++c)
#pragma GCC unroll 16
                for (int p = 0; p < columns; ++p) wide[place(p) + c] = deep[c * columns + p];
        });
    }
    static void unshuffle(const T* x, T* y) noexcept {
        each(y, x, [](T* deep, const T* wide) {
            for (int c = 0; c < squares; c += lanes)
#pragma GCC unroll 8
                for (int p = 0; p < columns; p += lanes) {
                    const int width = columns - p < lanes ? columns - p : lanes;
                    vec<T, A> square[unsigned(lanes)];
#pragma GCC unroll 8
                    for (int i = 0; i < lanes; ++i)
                        square[i] = i < width ? vec<T, A>::load_unaligned(wide + place(p + i) + c) : vec<T, A>(T(0));
                    transpose_square(square);
#pragma GCC unroll 8
                    for (int i = 0; i < lanes; ++i) store<T, A>(deep + (c + i) * columns + p, square[i], width);
                }
#pragma GCC unroll 8
            for (int c = squares; c < C; ++c)
#pragma GCC unroll 16
                for (int p = 0; p < columns; ++p) deep[c * columns + p] = wide[place(p) + c];
        });
    }
};

template <key K, class F, class T, class Arch>
struct kernel<operations::pixel_shuffle::kind, K, F, T, Arch> {
    using blocks = pixel_blocks<K.y.d0, K.win.stride_h, K.x.d1, K.x.d2, T, Arch>;
    static void run(const call<T>& c) noexcept {
        constexpr std::ptrdiff_t size = K.x.size();
        for (std::ptrdiff_t n = c.first; n < c.last; ++n) blocks::shuffle(c.at[0] + n * size, c.at[1] + n * size);
    }
};
template <key K, class F, class T, class Arch>
struct kernel<operations::pixel_unshuffle::kind, K, F, T, Arch> {
    using blocks = pixel_blocks<K.x.d0, K.win.stride_h, K.y.d1, K.y.d2, T, Arch>;
    static void run(const call<T>& c) noexcept {
        constexpr std::ptrdiff_t size = K.x.size();
        for (std::ptrdiff_t n = c.first; n < c.last; ++n) blocks::unshuffle(c.at[0] + n * size, c.at[1] + n * size);
    }
};

} // namespace strata::inline STRATA_ABI::on_cpu

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
