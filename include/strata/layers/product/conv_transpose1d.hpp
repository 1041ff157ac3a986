#pragma once
/// conv_transpose1d<Filters, Kernel, Options...> — transposed convolution along a signal, which makes it longer:
///   y[n,f,t] = b[f] + sum over all (c,k) and i with i·S+k·D−P = t of w[c,f,k] · x[n,c,i]
/// Shapes   x [C, T] → y [Filters, T'],  T' = (T−1)·S − 2P + D·(Kernel−1) + output padding + 1, T·S with same;
///          weight [C, Filters/G, Kernel], bias [Filters]: those of torch.nn.ConvTranspose1d
/// Options  same, padding<P>, output_padding<P>, stride<S>, dilation<D>, groups<G>, no_bias
/// Rules    the input is a signal; otherwise those of conv_transpose
///          (tests/compile_fail/conv_transpose/conv_transpose1d_*.cpp)
/// Start    weight and bias uniform in ±1/sqrt(Filters/G · Kernel), as in PyTorch
#include <strata/layers/product/conv_transpose.hpp>
#include <strata/layers/sliding_times.hpp>

namespace strata::inline STRATA_ABI {

template <int Filters, int Kernel, class... Options>
struct conv_transpose1d {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        if (in.axes != role::signal)
            return g.mistaken(
                mistake_kind::input_is_not_a_signal, in, shape(0, 0), "needs a signal [C, T], but its input is ", in,
                in.axes == role::image ? ", an image. Use conv_transpose." : ". Begin with time_series<C, T>.");
        const option_values o = read_options<Options...>(g, detail::options_of_conv_transpose);
        if (o.valid
            && (detail::has_two_axes(g, "padding", o.padding_h, o.padding_w)
                || detail::has_two_axes(g, "output_padding", o.output_padding_h, o.output_padding_w)
                || detail::has_two_axes(g, "stride", o.stride_h, o.stride_w)
                || detail::has_two_axes(g, "dilation", o.dilation_h, o.dilation_w)))
            return {};
        return detail::build_conv_transpose<Filters, Options...>(g, x, {1, Kernel});
    }
    static constexpr void spell(text& t) {
        t.add("conv_transpose1d<", Filters, ", ", Kernel);
        int in_order[] = {(t.add(", "), spell_layer<Options>(t), 0)..., 0};
        (void)in_order;
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
