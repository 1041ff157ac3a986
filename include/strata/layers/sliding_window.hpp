#pragma once
/// What conv and the poolings share: options, padding, output extents, and the mistakes of a window.
/// Source   Dumoulin & Visin 2016; rounding up as in PyTorch: the last window must begin inside the input or its
///          padding
#include <strata/layers/kernel.hpp>
#include <strata/layers/options.hpp>

namespace strata::inline STRATA_ABI {

struct sliding_window {
    core::window win{};
    int out_h = 0, out_w = 0;
    bool valid = false;
};

namespace detail {

/// In long long, like all sums of sizes here: each fits an int, and only then their sum is checked.
struct axis {
    long long before = 0, after = 0, out = 0;
};

constexpr axis slide(long long in, long long kernel, long long stride, long long dilation, long long padding,
                     bool is_same, bool rounds_up) {
    const long long reach = dilation * (kernel - 1) + 1;
    if (is_same) {
        const long long out = (in + stride - 1) / stride;
        const long long total = (out - 1) * stride + reach > in ? (out - 1) * stride + reach - in : 0;
        return {total / 2, total - total / 2, out};
    }
    // PyTorch's rule: 1 + room / stride, rounded up or down. So of a kernel that is larger than its input by less than
    // the stride, rounding up leaves one window.
    const long long room = in + 2 * padding - reach;
    if (room < 0) return {padding, padding, rounds_up && room + stride > 0 ? 1 : 0};
    long long out = room / stride + 1;
    if (rounds_up && room % stride != 0 && out * stride < in + padding) ++out;
    return {padding, padding, out};
}

/// Of a kernel that is too large along one axis alone, as on a signal that is an image of one row: " Here kernel(1, 5)
/// fits."
constexpr text kernel_that_fits(const shape& in, kernel k, const core::window& w, const axis& vertical,
                                const axis& horizontal) {
    text t;
    if (vertical.out < 1 && horizontal.out < 1) return t;
    const auto most = [](long long extent, const axis& a, int dilation) {
        return static_cast<int>((extent + a.before + a.after - 1) / dilation + 1);
    };
    if (vertical.out < 1) k.h = most(in.d1, vertical, w.dilation_h);
    else k.w = most(in.d2, horizontal, w.dilation_w);
    t.add(k.h == k.w ? " Here a kernel of " : " Here ");
    k.spell(t);
    return t.add(" fits.");
}

} // namespace detail

/// Slides a window over image `x` under options `o`; records the mistake if it does not fit.
constexpr sliding_window slide_window(graph& g, value x, kernel k, const option_values& o, int default_stride_h,
                                      int default_stride_w) {
    sliding_window result;
    const shape in = g.extents(x);
    if (in.axes != role::image) {
        g.mistaken(mistake_kind::input_is_not_an_image, in, shape(0, 0, 0),
                   "needs an image [C, H, W], but its input is ", in,
                   in.axes == role::signal ? ", a signal. Use the layer for signals, or begin with image<C, 1, T>."
                                           : ". Put it before flatten, or begin with image<C, H, W>.");
        return result;
    }
    if (k.h < 1 || k.w < 1) {
        g.mistaken(mistake_kind::size_is_not_positive, shape(k.h, k.w), shape(1, 1), "a ", k.h, "x", k.w,
                   " kernel is not possible. Use at least 1.");
        return result;
    }
    core::window& w = result.win;
    w.kernel_h = k.h, w.kernel_w = k.w;
    w.stride_h = o.stride_h != 0 ? o.stride_h : default_stride_h;
    w.stride_w = o.stride_w != 0 ? o.stride_w : default_stride_w;
    w.dilation_h = o.dilation_h, w.dilation_w = o.dilation_w;
    const auto vertical = detail::slide(in.d1, k.h, w.stride_h, w.dilation_h, o.padding_h, o.is_same, o.rounds_up);
    const auto horizontal = detail::slide(in.d2, k.w, w.stride_w, w.dilation_w, o.padding_w, o.is_same, o.rounds_up);
    const long long padded_h = in.d1 + vertical.before + vertical.after,
                    padded_w = in.d2 + horizontal.before + horizontal.after;
    if (static_cast<double>(padded_h) * static_cast<double>(padded_w) * in.d0 > 2147483647.0) {
        g.mistaken(mistake_kind::size_is_too_large, in, {}, "pads its ", in.d1, "x", in.d2, " input to ", padded_h, "x",
                   padded_w, ", more numbers than an int can count (2147483647). Use less padding or dilation.");
        return result;
    }
    w.top = static_cast<int>(vertical.before), w.bottom = static_cast<int>(vertical.after);
    w.left = static_cast<int>(horizontal.before), w.right = static_cast<int>(horizontal.after);
    result.out_h = static_cast<int>(vertical.out), result.out_w = static_cast<int>(horizontal.out);
    if (result.out_h < 1 || result.out_w < 1) {
        text padded, dilated;
        if (w.top + w.left > 0) padded.add(", padded to ", padded_h, "x", padded_w);
        if (w.dilation_h > 1 || w.dilation_w > 1)
            dilated.add(", dilated to ", 1LL * w.dilation_h * (k.h - 1) + 1, "x", 1LL * w.dilation_w * (k.w - 1) + 1,
                        ",");
        g.mistaken(mistake_kind::kernel_larger_than_its_input, in, shape(k.h, k.w), "a ", k.h, "x", k.w, " kernel",
                   dilated, " does not fit its ", in.d1, "x", in.d2, " input (", in.d0,
                   in.d0 == 1 ? " channel" : " channels", padded, "). Pad it (same) or use a smaller kernel.",
                   detail::kernel_that_fits(in, k, w, vertical, horizontal));
        return result;
    }
    result.valid = true;
    return result;
}

} // namespace strata::inline STRATA_ABI
