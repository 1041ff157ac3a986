#pragma once
/// conv<Filters, Kernel, Options...> — 2-D cross-correlation over an image:
///   y[n,f,i,j] = b[f] + sum_{c,u,v} w[f,c,u,v] · x[n, c, i·S+u·D−P, j·S+v·D−P]
/// Shapes   x [C, H, W] → y [Filters, H', W'];  weight [Filters, C/G, KH, KW], bias [Filters]
/// Options  same, padding<P>, stride<S>, dilation<D>, groups<G>, no_bias, initial<...>, initial_bias<...>;
///          unequal kernels: conv<4, kernel(3, 5)>
/// Rules    the kernel fits the padded input; C and Filters are divisible by the groups
///          (tests/compile_fail/conv/conv_*.cpp)
/// Start    weight and bias uniform in ±1/sqrt(C/G · KH · KW), as in PyTorch, unless initial<...> says otherwise
/// Source   Dumoulin & Visin 2016, relation 15
#include <strata/layers/sliding_window.hpp>
#include <strata/operations/product/conv.hpp>

namespace strata::inline STRATA_ABI {

template <int Filters, kernel Kernel, class... Options>
struct conv {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        const option_values o = read_options<Options...>(g, option::same | option::padding | option::stride
                                                                | option::dilation | option::groups | option::no_bias
                                                                | option::initial | option::initial_bias);
        if (!o.valid) return {};
        if (Filters < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(Filters), shape(1), Filters,
                              " filters are not possible. Use at least 1.");
        const sliding_window s = slide_window(g, x, Kernel, o, 1, 1);
        if (!s.valid) return {};
        const int channels = in.d0;
        if (channels % o.group_count != 0 || Filters % o.group_count != 0)
            return g.mistaken(mistake_kind::channels_not_divisible_by_groups, in, shape(o.group_count), channels,
                              " channels and ", Filters, " filters cannot be divided into ", o.group_count,
                              " groups. Use a number of groups that divides both.");
        const shape filters(Filters, channels / o.group_count, Kernel.h, Kernel.w);
        const value w = detail::weight_parameter(g, filters, o);
        const value b = detail::bias_parameter(g, shape(Filters), filters.fan_in(), o);
        if (g.failed()) return {};
        return operations::conv::append(g, x, w, b, s.win, o.group_count, shape(Filters, s.out_h, s.out_w));
    }
    static constexpr void spell(text& t) {
        t.add("conv<", Filters, ", ");
        Kernel.spell(t);
        int in_order[] = {(t.add(", "), spell_layer<Options>(t), 0)..., 0};
        (void)in_order;
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
