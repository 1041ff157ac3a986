#pragma once
/// Windows and mistakes of adaptive_avg_pool and adaptive_max_pool. Where the windows are equal, it is the pooling
/// whose kernel and stride are their size.
#include <strata/layers/run_layer.hpp>

namespace strata::inline STRATA_ABI::detail {

template <class Equal, class Operation>
constexpr value build_adaptive_pool(graph& g, value x, int rows, int columns) {
    const shape in = g.extents(x);
    if (in.axes != role::image)
        return g.mistaken(
            mistake_kind::input_is_not_an_image, in, shape(0, 0, 0), "needs an image [C, H, W], but its input is ", in,
            in.axes == role::signal ? ", a signal. Use the layer for signals, or begin with image<C, 1, T>."
                                    : ". Put it before flatten, or begin with image<C, H, W>.");
    if (rows < 1 || columns < 1)
        return g.mistaken(mistake_kind::size_is_not_positive, shape(rows, columns), shape(1, 1), "a result of ", rows,
                          "x", columns, " is not possible. Use at least 1.");
    if (1.0 * in.d0 * rows * columns > 2147483647.0)
        return g.mistaken(mistake_kind::size_is_too_large, in, {}, "makes its input ", rows, "x", columns, " (", in.d0,
                          in.d0 == 1 ? " channel" : " channels",
                          "), more numbers than an int can count (2147483647). Make it smaller.");
    const shape y(in.d0, rows, columns);
    if (y == in) return x;
    if (in.d1 % rows != 0 || in.d2 % columns != 0) return Operation::append(g, x, y);
    core::window part;
    part.kernel_h = part.stride_h = in.d1 / rows;
    part.kernel_w = part.stride_w = in.d2 / columns;
    return Equal::append(g, x, part, y);
}

} // namespace strata::inline STRATA_ABI::detail
