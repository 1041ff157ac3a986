#pragma once
/// The window of a layer that slides over the times of a signal: options, padding, output extent, and mistakes.
/// A signal is an image of one row, and so is its window. Padding as of images (sliding_window.hpp); if causal, all of
/// it stands before the signal, so that a window ends with the time of its output.
#include <strata/layers/sliding_window.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {

/// An option of two axes, given as two different numbers.
constexpr bool has_two_axes(graph& g, const char* name, int h, int w) {
    if (h == w) return false;
    g.mistaken(mistake_kind::options_conflict, shape(h, w), shape(w), name, "<", h, ", ", w,
               "> is for the two axes of an image, but a signal has one. Give one number, such as ", name, "<", w,
               ">.");
    return true;
}

constexpr axis slide_times(long long in, long long kernel, long long stride, const option_values& o) {
    const long long before = o.dilation_w * (kernel - 1);
    if (o.is_causal) return {before, 0, (in + stride - 1) / stride};
    return slide(in, kernel, stride, o.dilation_w, o.padding_w, o.is_same, o.rounds_up);
}

} // namespace detail

/// Slides a window of `taps` times over signal `x` under options `o`; records the mistake if it does not fit.
constexpr sliding_window slide_times(graph& g, value x, int taps, const option_values& o, int default_stride) {
    sliding_window result;
    const shape in = g.extents(x);
    if (in.axes != role::signal) {
        g.mistaken(mistake_kind::input_is_not_a_signal, in, shape(0, 0), "needs a signal [C, T], but its input is ", in,
                   in.axes == role::image ? ", an image. Use the layer for images, or begin with time_series<C, T>."
                   : in.axes == role::sequence ? ", a sequence with its features last. Begin with time_series<C, T>."
                                               : ". Put it before flatten, or begin with time_series<C, T>.");
        return result;
    }
    if (taps < 1) {
        g.mistaken(mistake_kind::size_is_not_positive, shape(taps), shape(1), "a kernel of ", taps,
                   " is not possible. Use at least 1.");
        return result;
    }
    if (detail::has_two_axes(g, "padding", o.padding_h, o.padding_w)
        || detail::has_two_axes(g, "stride", o.stride_h, o.stride_w)
        || detail::has_two_axes(g, "dilation", o.dilation_h, o.dilation_w))
        return result;
    core::window& w = result.win;
    w.kernel_w = taps;
    w.stride_w = o.stride_w != 0 ? o.stride_w : default_stride;
    w.dilation_w = o.dilation_w;
    const detail::axis times = detail::slide_times(in.d1, taps, w.stride_w, o);
    const long long padded = in.d1 + times.before + times.after;
    if (static_cast<double>(padded) * in.d0 > 2147483647.0) {
        g.mistaken(mistake_kind::size_is_too_large, in, {}, "pads its ", in.d1, " times to ", padded,
                   ", more numbers than an int can count (2147483647). Use less padding or dilation.");
        return result;
    }
    w.left = static_cast<int>(times.before), w.right = static_cast<int>(times.after);
    result.out_h = 1, result.out_w = static_cast<int>(times.out);
    if (result.out_w < 1) {
        text padding, dilated;
        if (w.left > 0) padding.add(", padded to ", padded);
        if (w.dilation_w > 1) dilated.add(", dilated to ", 1LL * w.dilation_w * (taps - 1) + 1, ",");
        g.mistaken(mistake_kind::kernel_larger_than_its_input, in, shape(taps), "a kernel of ", taps, dilated,
                   " does not fit its ", in.d1, in.d1 == 1 ? " time (" : " times (", in.d0,
                   in.d0 == 1 ? " channel" : " channels", padding,
                   "). Pad it (same or causal) or use a smaller kernel.");
        return result;
    }
    result.valid = true;
    return result;
}

} // namespace strata::inline STRATA_ABI
