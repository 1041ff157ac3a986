#pragma once
/// instance_norm — normalises each channel of a sample to its own mean and variance.
///   y = (x − mean[c]) / sqrt(var[c] + 1e-5),  var biased
/// instance_norm_with<Options...> is the same with another epsilon, or with gamma[c] and beta[c]. It does the same in
/// training and inference, and no sample depends on another: it is group_norm with a channel in each group.
/// Shapes   x [C, H, W] or [C, T] → y of the same shape;  with affine: weight (gamma) [C], bias (beta) [C]
/// Options  epsilon<E>   1e-5 by default
///          affine       y = gamma[c] · ... + beta[c]. (Without it, as in PyTorch, there are no parameters.)
/// Rules    the input is an image or a signal of several positions;  E > 0, as a float as well
///          (tests/compile_fail/norm/instance_norm_*.cpp)
/// Start    gamma 1, beta 0
/// Source   Ulyanov, Vedaldi & Lempitsky 2016; torch.nn.InstanceNorm2d(C), InstanceNorm1d(C), affine=True
#include <strata/layers/norm/group_norm.hpp>

namespace strata::inline STRATA_ABI {

template <class... Options>
struct instance_norm_with {
    static constexpr value build(graph& g, value x) {
        const option_values o = read_options<Options...>(g, option::epsilon | option::affine);
        if (!o.valid || !detail::has_channels(g, x)) return {};
        const shape in = g.extents(x);
        if (in.positions() == 1)
            return g.mistaken(mistake_kind::input_is_not_an_image, in, {},
                              "needs an image or a signal of several positions, but gets ", in,
                              ": one number per channel has no variance. Use layer_norm, or put it before the layer "
                              "that leaves one position.");
        return detail::build_group_norm(g, x, o, in.channels(), o.has_affine);
    }
    static constexpr void spell(text& t) {
        t.add("instance_norm_with<");
        spell_layers<Options...>(t);
        t.add(">");
    }
};

struct instance_norm : instance_norm_with<> {
    static constexpr void spell(text& t) { t.add("instance_norm"); }
};

} // namespace strata::inline STRATA_ABI
