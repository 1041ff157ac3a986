#pragma once
/// layer_norm — normalises each position, or all features, to its mean and variance.
///   y = gamma[d] · (x[d] − mean) / sqrt(var + 1e-5) + beta[d],  mean and variance of the D numbers, var biased
/// Of an image these are the C channels of a pixel, as in ConvNeXt. layer_norm_with<Options...> is the same with
/// another epsilon, without beta, or over all numbers of a sample. It does the same in training and inference, and no
/// sample depends on another.
/// Shapes   x [D] → y [D];  x [T, D] → y [T, D] and x [C, H, W] → y [C, H, W], each position by itself;
///          weight (gamma) [D], bias (beta) [D], or [C]
///          with all_positions   mean and variance of all numbers of a sample; weight and bias of the shape of x
/// Options  epsilon<E>      1e-5 by default
///          no_bias         without beta
///          all_positions   of an image: torch.nn.LayerNorm([C, H, W])
/// Rules    E > 0, as a float as well       (tests/compile_fail/norm/layer_norm_*.cpp)
/// Start    gamma 1, beta 0
/// Source   Ba, Kiros & Hinton 2016; torch.nn.LayerNorm(D), torchvision's LayerNorm2d(C), Keras's LayerNormalization()
#include <strata/layers/options.hpp>
#include <strata/operations/norm/group_norm.hpp>
#include <strata/operations/norm/layer_norm.hpp>
#include <strata/operations/norm/scale_elements.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {

/// Records a mistake for an epsilon that does not prevent a division by zero.
constexpr bool is_epsilon(graph& g, double e) {
    if (e > 0 && e <= 3.4e38 && static_cast<float>(e) != 0) return true;
    g.mistaken(mistake_kind::rate_is_out_of_range, {}, {}, "an epsilon of ", e,
               " is not possible: it must be above 0 to prevent a division by zero. Use a small number, such as "
               "epsilon<1e-6>.");
    return false;
}

/// layer_norm, or rms_norm: which takes no mean away, and has no beta.
template <class... Options>
constexpr value build_row_norm(graph& g, value x, int accepted, bool is_rms) {
    const option_values o = read_options<Options...>(g, accepted);
    if (!o.valid || !is_epsilon(g, o.added_to_variance)) return {};
    const shape in = g.extents(x), scaled = o.over_all_positions ? in : shape(in.channels());
    const value gamma = g.parameter("weight", scaled, init::one);
    const value beta = is_rms || !o.has_bias ? value{} : g.parameter("bias", scaled, init::zero);
    if (!o.over_all_positions || in.positions() == 1)
        return operations::layer_norm::append(g, x, gamma, beta, o.added_to_variance, is_rms);
    x = operations::group_norm::append_whole(g, x, o.added_to_variance, is_rms);
    return operations::scale_elements::append(g, x, gamma, beta);
}

} // namespace detail

template <class... Options>
struct layer_norm_with {
    static constexpr value build(graph& g, value x) {
        return detail::build_row_norm<Options...>(g, x, option::epsilon | option::no_bias | option::all_positions,
                                                  false);
    }
    static constexpr void spell(text& t) {
        t.add("layer_norm_with<");
        spell_layers<Options...>(t);
        t.add(">");
    }
};

struct layer_norm : layer_norm_with<> {
    static constexpr void spell(text& t) { t.add("layer_norm"); }
};

} // namespace strata::inline STRATA_ABI
