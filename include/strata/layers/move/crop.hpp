#pragma once
/// crop<Top, Left, H, W> — H rows and W columns of an image, from row Top and column Left on:
///   y[n,c,h,w] = x[n, c, Top + h, Left + w]
/// Shapes   x [C, H', W'] → y [C, H, W]
/// Rules    the input is an image, and the part is inside it   (tests/compile_fail/pad/crop_*.cpp)
/// Source   torchvision.transforms.functional.crop(x, Top, Left, H, W), and Keras' Cropping2D
#include <strata/layers/run_layer.hpp>
#include <strata/operations/move/pad.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {

/// A part of an image that begins at (top, left); `rows` and `columns` are the image's.
constexpr value build_crop(graph& g, value x, int rows, int columns, int top, int left, const shape& y, int h, int w) {
    if (y == g.extents(x)) return x;
    core::window around;
    around.top = top, around.left = left;
    around.bottom = rows - top - h, around.right = columns - left - w;
    return operations::crop::append(g, x, around, y);
}

} // namespace detail

template <int Top, int Left, int H, int W>
struct crop {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        if (in.axes != role::image)
            return g.mistaken(mistake_kind::input_is_not_an_image, in, shape(0, 0, 0),
                              "needs an image [C, H, W], but its input is ", in,
                              in.axes == role::signal ? ", a signal. Use crop1d."
                                                      : ". Put it before flatten, or begin with image<C, H, W>.");
        if (H < 1 || W < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(H, W), shape(1, 1), "a part of ", H, "x", W,
                              " is not possible. Use at least 1.");
        if (Top < 0 || Left < 0 || Top > in.d1 - H || Left > in.d2 - W)
            return g.mistaken(mistake_kind::part_is_outside_its_input, in, shape(in.d0, H, W), "takes ", H, "x", W,
                              " from row ", Top, " and column ", Left, " on, which is not all inside its ", in.d1, "x",
                              in.d2, " input. Take a part that is inside.");
        return detail::build_crop(g, x, in.d1, in.d2, Top, Left, shape(in.d0, H, W), H, W);
    }
    static constexpr void spell(text& t) { t.add("crop<", Top, ", ", Left, ", ", H, ", ", W, ">"); }
};

} // namespace strata::inline STRATA_ABI
