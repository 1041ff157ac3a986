#pragma once
/// upsample<S> — an image S times as high and wide, each pixel repeated (nearest neighbour):
///   y[n,c,h,w] = x[n, c, h / S, w / S], rounded down;  upsample<SH, SW> differs per axis
/// upsample<S, bilinear> weighs the four pixels around a new one instead, and so does upsample<SH, SW, bilinear>. Along
/// an axis of n pixels, place i is at p = (i + 1/2) / S − 1/2 between them, and with a = floor(p)
///   y[i] = (1 − (p − a)) · x[a] + (p − a) · x[a+1],  each index being the nearest of 0 ... n − 1
/// Shapes   x [C, H, W] → y [C, H·SH, W·SW]
/// Rules    the input is an image; S is at least 1   (tests/compile_fail/move/upsample_*.cpp)
/// Source   PyTorch's Upsample(scale_factor=S, mode='nearest'), and mode='bilinear' with align_corners=False
#include <strata/layers/run_layer.hpp>
#include <strata/operations/move/upsample.hpp>
#include <strata/operations/move/upsample_bilinear.hpp>

namespace strata::inline STRATA_ABI {

/// What upsample makes of the pixels around a new one: interpolation::nearest, which it does without an option, or
/// bilinear.
enum class interpolation : int { nearest, bilinear };
inline constexpr interpolation bilinear = interpolation::bilinear;

namespace detail {

/// What upsample is given after its first number: at most one more, and an interpolation behind it.
struct upsampling {
    int right;
    interpolation how = interpolation::nearest;
    int numbers = 0, modes = 0;
    constexpr void take(int factor) { right = factor, numbers += modes == 0 ? 1 : 2; }
    constexpr void take(interpolation mode) { how = mode, ++modes; }
    template <class... More>
    constexpr explicit upsampling(int down, More... more) : right(down) {
        (take(more), ...);
    }
};

} // namespace detail

template <int S, auto... More>
struct upsample {
    static constexpr detail::upsampling given{S, More...};
    static constexpr value build(graph& g, value x) {
        const int down = S, right = given.right;
        const shape in = g.extents(x);
        if (in.axes != role::image)
            return g.mistaken(mistake_kind::input_is_not_an_image, in, shape(0, 0, 0),
                              "needs an image [C, H, W], but its input is ", in,
                              ". Put it before flatten, or begin with image<C, H, W>.");
        if (given.numbers > 1 || given.modes > 1)
            return g.mistaken(mistake_kind::options_conflict, {}, {},
                              "takes one factor or two, and behind them bilinear. Write upsample<2>, "
                              "upsample<2, 3> or upsample<2, bilinear>.");
        if (down < 1 || right < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(down, right), shape(1, 1), "an image ", down,
                              "x", right, " times as large is not possible. Give at least 1.");
        if (1.0 * in.d1 * down * in.d2 * right * in.d0 > 2147483647.0)
            return g.mistaken(mistake_kind::size_is_too_large, in, {}, "makes its ", in.d1, "x", in.d2, " input ",
                              1LL * in.d1 * down, "x", 1LL * in.d2 * right, " (", in.d0,
                              in.d0 == 1 ? " channel" : " channels",
                              "), more numbers than an int can count (2147483647). Make it smaller.");
        return given.how == interpolation::bilinear ? operations::upsample_bilinear::append(g, x, down, right)
                                                    : operations::upsample::append(g, x, down, right);
    }
    static constexpr void spell(text& t) {
        t.add("upsample<", S);
        if (given.right != S) t.add(", ", given.right);
        t.add(given.how == interpolation::bilinear ? ", bilinear>" : ">");
    }
};

} // namespace strata::inline STRATA_ABI
