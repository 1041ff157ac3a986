#pragma once
/// upsample<S> — an image S times as high and wide, each pixel repeated (nearest neighbour):
///   y[n,c,h,w] = x[n, c, h / S, w / S], rounded down;  upsample<SH, SW> differs per axis
/// Shapes   x [C, H, W] → y [C, H·SH, W·SW]
/// Rules    the input is an image; S is at least 1   (tests/compile_fail/move/upsample_*.cpp)
#include <strata/layers/run_layer.hpp>
#include <strata/operations/move/upsample.hpp>

namespace strata::inline STRATA_ABI {

template <int H, int W = H>
struct upsample {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        if (in.axes != role::image)
            return g.mistaken(mistake_kind::input_is_not_an_image, in, shape(0, 0, 0),
                              "needs an image [C, H, W], but its input is ", in,
                              ". Put it before flatten, or begin with image<C, H, W>.");
        if (H < 1 || W < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(H, W), shape(1, 1), "an image ", H, "x", W,
                              " times as large is not possible. Give at least 1.");
        if (1.0 * in.d1 * H * in.d2 * W * in.d0 > 2147483647.0)
            return g.mistaken(mistake_kind::size_is_too_large, in, {}, "makes its ", in.d1, "x", in.d2, " input ",
                              1LL * in.d1 * H, "x", 1LL * in.d2 * W, " (", in.d0, in.d0 == 1 ? " channel" : " channels",
                              "), more numbers than an int can count (2147483647). Make it smaller.");
        return operations::upsample::append(g, x, H, W);
    }
    static constexpr void spell(text& t) { H == W ? t.add("upsample<", H, ">") : t.add("upsample<", H, ", ", W, ">"); }
};

} // namespace strata::inline STRATA_ABI
