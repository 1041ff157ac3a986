#pragma once
/// What a causal window over times does in a stream: it slides over what a state has kept and the times of the step.
#include <strata/layers/options.hpp>
#include <strata/operations/move/stream_window.hpp>

namespace strata::inline STRATA_ABI::detail {

/// Is what a step of the stream brings a multiple of the times by which a window moves on? If not, that is recorded.
constexpr bool step_holds_stride(graph& g, const shape& in, int stride) {
    if (in.positions() % stride == 0) return true;
    g.mistaken(mistake_kind::layer_cannot_stream, in, shape::signal(in.channels(), stride), "moves on by ", stride,
               " times for an output, but a step of the stream brings it ", in.positions(),
               ". Take a multiple per step, as in net.stream<", g.hop() * stride, ">().");
    return false;
}

/// Can a window of `taps` run in a stream? If not, the mistake is recorded.
constexpr bool can_stream(graph& g, value x, int taps, const option_values& o) {
    const shape in = g.extents(x);
    const int step = o.stride_w != 0 ? o.stride_w : 1;
    if (in.axes != role::signal) return true; // another mistake
    if (!o.is_causal && (taps > 1 || o.padding_w > 0)) {
        g.mistaken(mistake_kind::layer_cannot_stream, in, {},
                   "needs later times for its output at a time, but a stream has only earlier ones. Add the option "
                   "causal",
                   o.is_same         ? " in place of same."
                   : o.padding_w > 0 ? " in place of padding<P>."
                                     : ".");
        return false;
    }
    return step_holds_stride(g, in, step);
}

struct streamed_times {
    value x{};
    core::window win{};
};
/// The times that a causal window meets in one step, as an image of one row, and the window over it.
/// One output needs only its taps; of several, each time between is a tap of some.
constexpr streamed_times stream_times(graph& g, value x, const core::window& causal) {
    streamed_times s{x, causal};
    s.win.left = s.win.right = 0;
    const bool one_output = g.extents(x).positions() == causal.stride_w && causal.stride_w == 1;
    if (one_output) s.win.dilation_w = 1;
    if (causal.kernel_w > 1)
        s.x = operations::stream_window::append(g, x, causal.left, one_output ? causal.dilation_w : 1);
    return s;
}

} // namespace strata::inline STRATA_ABI::detail
