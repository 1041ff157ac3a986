#pragma once
/// What conv and the poolings share: options, padding, output extents, and the mistakes a window can make.
/// Source: Dumoulin & Visin 2016; rounding up as in PyTorch: the last window must begin inside the input or its padding.
#include <strata/layers/kernel.hpp>
#include <strata/layers/options.hpp>

namespace strata::inline v0_1 {

struct sliding_window {
    window win{};
    int out_h = 0, out_w = 0;
    bool valid = false;
};

namespace detail {

struct axis {
    int before = 0, after = 0, out = 0;
};

constexpr axis slide(int in, int kernel, int stride, int dilation, int padding, bool is_same, bool rounds_up) {
    const int reach = dilation * (kernel - 1) + 1;
    if (is_same) {
        const int out = (in + stride - 1) / stride;
        const int total = (out - 1) * stride + reach > in ? (out - 1) * stride + reach - in : 0;
        return {total / 2, total - total / 2, out};
    }
    const int room = in + 2 * padding - reach;
    if (room < 0) return {padding, padding, 0};
    int out = room / stride + 1;
    if (rounds_up && room % stride != 0 && out * stride < in + padding) ++out;
    return {padding, padding, out};
}

} // namespace detail

/// Slides a window over image `x` under options `o`; records the mistake if it does not fit.
constexpr sliding_window slide_window(graph& g, value x, kernel k, const option_values& o, int default_stride_h,
                                      int default_stride_w) {
    sliding_window result;
    const shape in = g.extents(x);
    if (in.rank != 3) {
        g.mistaken(because::input_is_not_an_image, in, shape(0, 0, 0), "needs an image [C, H, W], but its input is ", in,
                   ". Put it before flatten, or begin with image<C, H, W>.");
        return result;
    }
    if (k.h < 1 || k.w < 1) {
        g.mistaken(because::size_is_not_positive, shape(k.h, k.w), shape(1, 1), "a ", k.h, "x", k.w,
                   " kernel is not possible. Give at least 1.");
        return result;
    }
    window& w = result.win;
    w.kernel_h = k.h, w.kernel_w = k.w;
    w.stride_h = o.stride_h != 0 ? o.stride_h : default_stride_h;
    w.stride_w = o.stride_w != 0 ? o.stride_w : default_stride_w;
    w.dilation_h = o.dilation_h, w.dilation_w = o.dilation_w;
    const auto vertical = detail::slide(in.d1, k.h, w.stride_h, w.dilation_h, o.padding_h, o.is_same, o.rounds_up);
    const auto horizontal = detail::slide(in.d2, k.w, w.stride_w, w.dilation_w, o.padding_w, o.is_same, o.rounds_up);
    w.top = vertical.before, w.bottom = vertical.after;
    w.left = horizontal.before, w.right = horizontal.after;
    result.out_h = vertical.out, result.out_w = horizontal.out;
    if (result.out_h < 1 || result.out_w < 1) {
        text padded, dilated;
        if (w.top + w.left > 0) padded.add(", padded to ", in.d1 + w.top + w.bottom, "x", in.d2 + w.left + w.right);
        if (w.dilation_h > 1 || w.dilation_w > 1)
            dilated.add(", dilated to ", w.dilation_h * (k.h - 1) + 1, "x", w.dilation_w * (k.w - 1) + 1, ",");
        g.mistaken(because::kernel_larger_than_its_input, in, shape(k.h, k.w), "a ", k.h, "x", k.w, " kernel", dilated,
                   " does not fit its ", in.d1, "x", in.d2, " input (", in.d0, in.d0 == 1 ? " channel" : " channels",
                   padded, "). Pad it (same) or use a smaller kernel.");
        return result;
    }
    result.valid = true;
    return result;
}

} // namespace strata::inline v0_1
