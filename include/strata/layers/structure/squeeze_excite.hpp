#pragma once
/// squeeze_excite<Reduction, Activation = relu, Gate = sigmoid> — squeeze-and-excitation: each channel of an image is
/// scaled by what all channels' means say.
///   m[c] = mean of x[c],  z = Activation(fc1 · m + b1),  s = Gate(fc2 · z + b2),  y[c,h,w] = x[c,h,w] · s[c]
///   squeeze_excite<16>               Hu et al.
///   squeeze_excite<4, silu>          EfficientNet, of an expansion by one; squeeze_excite<24, silu> by six, since it
///                                    counts from the channels before the expansion
///   squeeze_excite<4, relu, hard_sigmoid>    MobileNetV3
/// Shapes   x [C, H, W] → y [C, H, W];  fc1.weight [C/R, C, 1, 1], fc1.bias [C/R], fc2.weight [C, C/R, 1, 1],
///          fc2.bias [C]: those of torchvision.ops.SqueezeExcitation(C, C/R). C/R is rounded down, and at least 1.
/// Rules    the input is an image; Reduction is at least 1     (tests/compile_fail/structure/squeeze_excite_*.cpp)
/// Start    as conv
/// Source   Hu, Shen & Sun 2018; Tan & Le 2019 (EfficientNet)
#include <strata/base/type_list.hpp>
#include <strata/layers/pointwise/relu.hpp>
#include <strata/layers/pointwise/sigmoid.hpp>
#include <strata/layers/run_layer.hpp>
#include <strata/operations/join/scale_channels.hpp>
#include <strata/operations/pool/avg_pool.hpp>
#include <strata/operations/product/conv.hpp>

namespace strata::inline STRATA_ABI {

template <int Reduction, class Activation = relu, class Gate = sigmoid>
struct squeeze_excite {
    using layers = type_list<Activation, Gate>;
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        if (Reduction < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(Reduction), shape(1), "a reduction by ",
                              Reduction, " is not possible. Use at least 1, such as squeeze_excite<16>.");
        if (in.axes != role::image)
            return g.mistaken(mistake_kind::input_is_not_an_image, in, {},
                              "needs an image [C, H, W], but its input is ", name_of(in.axes), " ", in, ".");
        const int squeezed = in.d0 / Reduction > 0 ? in.d0 / Reduction : 1;
        core::window all;
        all.kernel_h = in.d1, all.kernel_w = in.d2;
        const value means = operations::avg_pool::append(g, x, all, shape(in.d0, 1, 1));
        const value z = run_layer<Activation>(g, weigh(g, means, "fc1.weight", "fc1.bias", squeezed), 0, 2);
        const value s = run_layer<Gate>(g, weigh(g, z, "fc2.weight", "fc2.bias", in.d0), 1, 2);
        if (g.failed()) return {};
        return operations::scale_channels::append(g, x, s);
    }
    static constexpr void spell(text& t) {
        t.add("squeeze_excite<", Reduction);
        if constexpr (!std::is_same_v<Gate, sigmoid>) t.add(", "), spell_layers<Activation, Gate>(t);
        else if constexpr (!std::is_same_v<Activation, relu>) t.add(", "), spell_layer<Activation>(t);
        t.add(">");
    }

  private:
    /// A convolution of 1 x 1, over the one pixel that there is.
    static constexpr value weigh(graph& g, value x, const char* weight, const char* bias, int filters) {
        if (g.failed()) return {};
        const int channels = g.extents(x).d0;
        const value w = g.parameter(weight, shape(filters, channels, 1, 1), init::kaiming, channels);
        const value b = g.parameter(bias, shape(filters), init::kaiming, channels);
        return operations::conv::append(g, x, w, b, {}, 1, shape(filters, 1, 1));
    }
};

} // namespace strata::inline STRATA_ABI
