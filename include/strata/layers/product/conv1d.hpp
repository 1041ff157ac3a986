#pragma once
/// conv1d<Filters, Kernel, Options...> — 1-D cross-correlation over a signal:
///   y[n,f,t] = b[f] + sum_{c,k} w[f,c,k] · x[n, c, t·S+k·D−P]
/// Shapes   x [C, T] → y [Filters, T'];  weight [Filters, C/G, Kernel], bias [Filters]: those of torch.nn.Conv1d
/// Options  same, padding<P>, causal, stride<S>, dilation<D>, groups<G>, no_bias, initial<...>, initial_bias<...>
///          causal pads D · (Kernel − 1) zeros before the signal and none behind it, so that y at a time depends on x
///          at that time and earlier; T' = ceil(T / S). A stream (net.stream()) takes these, and kernels of 1.
/// Rules    the input is a signal; the kernel fits it; C and Filters are divisible by the groups
///          (tests/compile_fail/conv1d/conv1d_*.cpp)
/// Start    weight and bias uniform in ±1/sqrt(C/G · Kernel), as in PyTorch, unless initial<...> says otherwise
/// Source   van den Oord et al. 2016 for dilated causal convolutions
#include <strata/layers/sliding_times.hpp>
#include <strata/layers/streamed_times.hpp>
#include <strata/operations/product/conv.hpp>

namespace strata::inline STRATA_ABI {

template <int Filters, int Kernel, class... Options>
struct conv1d {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        const option_values o = read_options<Options...>(
            g, option::same | option::padding | option::causal | option::stride | option::dilation | option::groups
                   | option::no_bias | option::initial | option::initial_bias);
        if (!o.valid) return {};
        if (Filters < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(Filters), shape(1), Filters,
                              " filters are not possible. Use at least 1.");
        if (g.hop() > 0 && !detail::can_stream(g, x, Kernel, o)) return {};
        const sliding_window s = slide_times(g, x, Kernel, o, 1);
        if (!s.valid) return {};
        const int channels = in.channels();
        if (channels % o.group_count != 0 || Filters % o.group_count != 0)
            return g.mistaken(mistake_kind::channels_not_divisible_by_groups, in, shape(o.group_count), channels,
                              " channels and ", Filters, " filters cannot be divided into ", o.group_count,
                              " groups. Use a number of groups that divides both.");
        const shape filters(Filters, channels / o.group_count, Kernel, 0, 3, role::none);
        const value w = detail::weight_parameter(g, filters, o);
        const value b = detail::bias_parameter(g, shape(Filters), filters.fan_in(), o);
        if (g.failed()) return {};
        const shape y = shape::signal(Filters, s.out_w);
        if (g.hop() == 0 || (Kernel == 1 && s.win.stride_w == 1))
            return operations::conv::append(g, x, w, b, s.win, o.group_count, y);
        const detail::streamed_times streamed = detail::stream_times(g, x, s.win);
        return operations::conv::append(g, streamed.x, w, b, streamed.win, o.group_count, y);
    }
    static constexpr void spell(text& t) {
        t.add("conv1d<", Filters, ", ", Kernel);
        int in_order[] = {(t.add(", "), spell_layer<Options>(t), 0)..., 0};
        (void)in_order;
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
