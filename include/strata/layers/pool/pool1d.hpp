#pragma once
/// Options, window and spelling of max_pool1d and avg_pool1d. The stride defaults to the kernel.
#include <strata/layers/sliding_times.hpp>
#include <strata/layers/streamed_times.hpp>

namespace strata::inline STRATA_ABI::detail {

/// `accepted`: the options that this pooling takes besides those of all.
template <class Operation, int Kernel, class... Options>
constexpr value build_pool1d(graph& g, value x, int accepted = 0) {
    const option_values o = read_options<Options...>(g, accepted | option::same | option::padding | option::stride
                                                            | option::dilation | option::ceil_mode);
    if (!o.valid) return {};
    const shape in = g.extents(x);
    if (g.hop() > 0 && in.axes == role::signal) {
        if (o.padding_w > 0 || o.dilation_w > 1 || (o.stride_w != 0 && o.stride_w != Kernel))
            return g.mistaken(mistake_kind::layer_cannot_stream, in, {},
                              "has windows that overlap, are padded, or leave times out, but a stream has one beside "
                              "the other. Use a kernel alone, such as max_pool1d<2>.");
        if (Kernel > 0 && !step_holds_stride(g, in, Kernel)) return {};
    }
    const sliding_window s = slide_times(g, x, Kernel, o, Kernel);
    if (!s.valid) return {};
    if (2LL * o.padding_w > Kernel)
        return g.mistaken(mistake_kind::padding_larger_than_half_its_kernel, shape(o.padding_w), shape(Kernel / 2),
                          "padding of ", o.padding_w, " is more than half of its kernel of ", Kernel,
                          ", so a window could contain only padding. Use less padding.");
    const shape y = shape::signal(in.channels(), s.out_w);
    if constexpr (requires { Operation::append(g, x, s.win, y, o.excludes_padding); })
        return Operation::append(g, x, s.win, y, o.excludes_padding);
    else return Operation::append(g, x, s.win, y);
}

template <int Kernel, class... Options>
constexpr void spell_pool1d(text& t, const char* name) {
    t.add(name, "<", Kernel);
    int in_order[] = {(t.add(", "), spell_layer<Options>(t), 0)..., 0};
    (void)in_order;
    t.add(">");
}

} // namespace strata::inline STRATA_ABI::detail
