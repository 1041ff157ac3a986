#pragma once
/// conv_transpose<Filters, Kernel, Options...> — 2-D transposed convolution, which makes an image larger:
///   y[n,f,h,w] = b[f] + sum over all (c,u,v) and (i,j) with i·S+u·D−P = h and j·S+v·D−P = w of
///                w[c,f,u,v] · x[n,c,i,j]
/// Shapes   x [C, H, W] → y [Filters, H', W'],  H' = (H−1)·S − 2P + D·(KH−1) + output padding + 1, H·S with same;
///          weight [C, Filters/G, KH, KW], bias [Filters]: those of torch.nn.ConvTranspose2d
/// Options  same, padding<P>, output_padding<P>, stride<S>, dilation<D>, groups<G>, no_bias;  unequal kernels:
///          conv_transpose<4, kernel(3, 5)>
/// Rules    the input is an image; C and Filters are divisible by the groups; an output padding is smaller than the
///          stride or the dilation; something is left of the output
///          (tests/compile_fail/conv_transpose/conv_transpose_*.cpp)
/// Start    weight and bias uniform in ±1/sqrt(Filters/G · KH · KW), as in PyTorch
/// Source   Dumoulin & Visin 2016, relation 14
#include <strata/layers/product/transposed_window.hpp>
#include <strata/operations/product/conv_transpose.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {

inline constexpr int options_of_conv_transpose = option::same | option::padding | option::output_padding
                                                 | option::stride | option::dilation | option::groups | option::no_bias;

/// An image, or a signal as an image of one row and a kernel of one row.
template <int Filters, class... Options>
constexpr value build_conv_transpose(graph& g, value x, kernel k) {
    const option_values o = read_options<Options...>(g, options_of_conv_transpose);
    if (!o.valid) return {};
    if (Filters < 1)
        return g.mistaken(mistake_kind::size_is_not_positive, shape(Filters), shape(1), Filters,
                          " filters are not possible. Use at least 1.");
    const shape in = g.extents(x);
    const bool signal = in.axes == role::signal;
    if (k.h < 1 || k.w < 1)
        return g.mistaken(mistake_kind::size_is_not_positive, shape(k.h, k.w), shape(1, 1), "a ", k.h, "x", k.w,
                          " kernel is not possible. Use at least 1.");
    const int channels = in.d0;
    if (channels % o.group_count != 0 || Filters % o.group_count != 0)
        return g.mistaken(mistake_kind::channels_not_divisible_by_groups, in, shape(o.group_count), channels,
                          " channels and ", Filters, " filters cannot be divided into ", o.group_count,
                          " groups. Use a number of groups that divides both.");
    const sliding_window s = transpose_window(g, x, signal ? 1 : in.d1, signal ? in.d1 : in.d2, k, Filters, o);
    if (!s.valid) return {};
    const int per_group = Filters / o.group_count;
    const shape filters =
        signal ? shape(channels, per_group, k.w, 0, 3, role::none) : shape(channels, per_group, k.h, k.w);
    const value w = g.parameter("weight", filters, init::kaiming, filters.fan_in());
    const value b = o.has_bias ? g.parameter("bias", shape(Filters), init::kaiming, filters.fan_in()) : value{};
    if (g.failed()) return {};
    const shape y = signal ? shape::signal(Filters, s.out_w) : shape(Filters, s.out_h, s.out_w);
    return operations::conv_transpose::append(g, x, w, b, s.win, o.group_count, y);
}

} // namespace detail

template <int Filters, kernel Kernel, class... Options>
struct conv_transpose {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        if (in.axes != role::image)
            return g.mistaken(mistake_kind::input_is_not_an_image, in, shape(0, 0, 0),
                              "needs an image [C, H, W], but its input is ", in,
                              in.axes == role::signal ? ", a signal. Use conv_transpose1d."
                                                      : ". Put it before flatten, or begin with image<C, H, W>.");
        return detail::build_conv_transpose<Filters, Options...>(g, x, Kernel);
    }
    static constexpr void spell(text& t) {
        t.add("conv_transpose<", Filters, ", ");
        Kernel.spell(t);
        int in_order[] = {(t.add(", "), spell_layer<Options>(t), 0)..., 0};
        (void)in_order;
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
