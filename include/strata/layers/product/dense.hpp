#pragma once
/// dense<Units, Options...> — a fully connected layer:  y[n,u] = sum_i w[u,i] · x[n,i] + b[u]
/// Shapes   x [F] → y [Units];  weight [Units, F], bias [Units]
///          x [T, F] → y [T, Units]: each position of a sequence by itself, as torch.nn.Linear
/// Options  no_bias, initial<...>, initial_bias<...>
/// Rules    the input is flat or a sequence                             (tests/compile_fail/product/dense_on_image.cpp)
/// Start    weight and bias uniform in ±1/sqrt(F), as in PyTorch (He et al. 2015 with a = sqrt 5), unless an option
///          says otherwise: dense<10, initial<kaiming_normal>>, see layers/initial.hpp
#include <strata/layers/options.hpp>
#include <strata/operations/product/affine.hpp>

namespace strata::inline STRATA_ABI {

template <int Units, class... Options>
struct dense {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        const option_values o = read_options<Options...>(g, option::no_bias | option::initial | option::initial_bias);
        if (!o.valid) return {};
        if (Units < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(Units), shape(1), Units,
                              " units are not possible. Use at least 1.");
        if (in.axes == role::image || in.axes == role::signal)
            return g.mistaken(mistake_kind::input_is_not_flat, in, shape(static_cast<int>(in.size())),
                              "needs a flat input, but gets ", in.axes == role::image ? "an image " : "a signal ", in,
                              ". Put flatten before it",
                              in.axes == role::image ? "." : ", or use conv1d<Units, 1> for each time alone.");
        const int features = in.channels();
        const value w = detail::weight_parameter(g, shape(Units, features), o);
        const value b = detail::bias_parameter(g, shape(Units), features, o);
        return operations::affine::append(g, x, w, b);
    }
    static constexpr void spell(text& t) {
        t.add("dense<", Units);
        int in_order[] = {(t.add(", "), spell_layer<Options>(t), 0)..., 0};
        (void)in_order;
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
