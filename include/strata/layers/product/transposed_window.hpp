#pragma once
/// The window of a transposed convolution over an image or a signal: padding, output extents, and mistakes.
/// Its output is the input of a convolution with that window, whose output is its input.
#include <strata/layers/kernel.hpp>
#include <strata/layers/options.hpp>
#include <strata/layers/sliding_window.hpp>

namespace strata::inline STRATA_ABI::detail {

/// One axis: what is taken away before the output, and its extent.
constexpr axis spread(long long in, long long kernel, long long stride, long long dilation, long long padding,
                      long long more, bool is_same) {
    const long long reach = dilation * (kernel - 1) + 1;
    if (is_same) return {reach > stride ? (reach - stride) / 2 : 0, 0, in * stride};
    return {padding, padding, (in - 1) * stride - 2 * padding + reach + more};
}

/// `rows` and `columns` are the input's; a signal has one row, and `k` one as well.
constexpr sliding_window transpose_window(graph& g, value x, int rows, int columns, kernel k, int filters,
                                          const option_values& o) {
    sliding_window result;
    const shape in = g.extents(x);
    const bool signal = in.axes == role::signal;
    core::window& w = result.win;
    w.kernel_h = k.h, w.kernel_w = k.w;
    if (o.stride_w != 0) w.stride_h = signal ? 1 : o.stride_h, w.stride_w = o.stride_w;
    w.dilation_h = signal ? 1 : o.dilation_h, w.dilation_w = o.dilation_w;
    const int more_h = signal ? 0 : o.output_padding_h, more_w = o.output_padding_w;
    if (o.is_same && (more_h > 0 || more_w > 0)) {
        g.mistaken(mistake_kind::options_conflict, {}, {},
                   "same and output_padding<P> both set the output's size. Keep one of them.");
        return result;
    }
    const auto too_much = [](int more, int stride, int dilation) {
        return more > 0 && more >= stride && more >= dilation;
    };
    if (too_much(more_h, w.stride_h, w.dilation_h) || too_much(more_w, w.stride_w, w.dilation_w)) {
        g.mistaken(mistake_kind::output_padding_too_large, shape(more_h, more_w), shape(w.stride_h, w.stride_w),
                   "an output padding must be smaller than the stride or the dilation, but it is ", more_h, "x", more_w,
                   " with a stride of ", w.stride_h, "x", w.stride_w, ". Use less, or a larger stride.");
        return result;
    }
    const axis down = spread(rows, k.h, w.stride_h, w.dilation_h, signal ? 0 : o.padding_h, more_h, o.is_same);
    const axis right = spread(columns, k.w, w.stride_w, w.dilation_w, o.padding_w, more_w, o.is_same);
    if (down.out < 1 || right.out < 1) {
        g.mistaken(mistake_kind::padding_larger_than_its_output, in, {}, "takes ", signal ? 0 : o.padding_h, "x",
                   o.padding_w, " away at each side, which leaves nothing of its output. Use less padding.");
        return result;
    }
    if (static_cast<double>(down.out) * static_cast<double>(right.out) * filters > 2147483647.0) {
        g.mistaken(mistake_kind::size_is_too_large, in, {}, "makes its ", rows, "x", columns, " input ", down.out, "x",
                   right.out, " (", filters, filters == 1 ? " filter" : " filters",
                   "), more numbers than an int can count (2147483647). Make it smaller.");
        return result;
    }
    const auto whole = [](long long extent, long long taps, long long step, long long apart) {
        return (extent - 1) * step + apart * (taps - 1) + 1;
    };
    const long long all_down = whole(rows, k.h, w.stride_h, w.dilation_h),
                    all_right = whole(columns, k.w, w.stride_w, w.dilation_w);
    if (all_down > 2147483647 || all_right > 2147483647) {
        g.mistaken(mistake_kind::size_is_too_large, in, {}, "makes its ", rows, "x", columns, " input ", all_down, "x",
                   all_right,
                   " before padding takes some away, more than an int can count (2147483647). Use less "
                   "dilation.");
        return result;
    }
    w.top = w.bottom = static_cast<int>(down.before), w.left = w.right = static_cast<int>(right.before);
    result.out_h = static_cast<int>(down.out), result.out_w = static_cast<int>(right.out);
    result.valid = true;
    return result;
}

} // namespace strata::inline STRATA_ABI::detail
