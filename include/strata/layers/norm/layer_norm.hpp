#pragma once
/// layer_norm — normalises each sample, or each position of a sequence, to its mean and variance.
///   y = gamma[d] · (x[d] − mean) / sqrt(var + 1e-5) + beta[d],  mean and variance of the D numbers, var biased
/// layer_norm_with<Options...> is the same with another epsilon, or without beta. It does the same in training and
/// inference, and no sample depends on another.
/// Shapes   x [D] → y [D];  x [T, D] → y [T, D], each position by itself;  weight (gamma) [D], bias (beta) [D]
/// Options  epsilon<E>   1e-5 by default
///          no_bias      without beta
/// Rules    the input is flat or a sequence;  E > 0, as a float as well      (tests/compile_fail/norm/layer_norm_*.cpp)
/// Start    gamma 1, beta 0
/// Source   Ba, Kiros & Hinton 2016; torch.nn.LayerNorm(D)
#include <strata/layers/options.hpp>
#include <strata/operations/norm/layer_norm.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {

/// layer_norm, or rms_norm: which takes no mean away, and has no beta.
template <class... Options>
constexpr value build_row_norm(graph& g, value x, int accepted, bool is_rms) {
    const option_values o = read_options<Options...>(g, accepted);
    if (!o.valid) return {};
    const double e = o.added_to_variance;
    if (!(e > 0 && e <= 3.4e38) || static_cast<float>(e) == 0)
        return g.mistaken(mistake_kind::rate_is_out_of_range, {}, {}, "an epsilon of ", e,
                          " is not possible: it must be above 0 to prevent a division by zero. Use a small number, "
                          "such as epsilon<1e-6>.");
    const shape in = g.extents(x);
    if (in.axes == role::image || in.axes == role::signal)
        return g.mistaken(mistake_kind::input_is_not_flat, in, shape(static_cast<int>(in.size())),
                          "needs a flat input or a sequence, but gets ",
                          in.axes == role::image ? "an image " : "a signal ", in,
                          ". Put flatten before it, or use batch_norm, which normalises each channel.");
    const shape per_number(in.channels());
    const value gamma = g.parameter("weight", per_number, init::one);
    const value beta = is_rms || !o.has_bias ? value{} : g.parameter("bias", per_number, init::zero);
    return operations::layer_norm::append(g, x, gamma, beta, e, is_rms);
}

} // namespace detail

template <class... Options>
struct layer_norm_with {
    static constexpr value build(graph& g, value x) {
        return detail::build_row_norm<Options...>(g, x, option::epsilon | option::no_bias, false);
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
