#pragma once
/// rms_norm — divides each position, or all features, by its root mean square.
///   y = gamma[d] · x[d] / sqrt(mean of x² + 1e-5)
/// rms_norm_with<Options...> is the same with another epsilon, or over all numbers of a sample.
/// Shapes   x [D] → y [D];  x [T, D] → y [T, D] and x [C, H, W] → y [C, H, W], each position by itself;
///          weight (gamma) [D], or [C]
///          with all_positions   the root mean square of all numbers of a sample; weight of the shape of x
/// Options  epsilon<E>      1e-5 by default. (PyTorch's default is that of its numbers, 1.2e-7 in float.)
///          all_positions   of an image: torch.nn.RMSNorm([C, H, W])
/// Rules    E > 0, as a float as well
/// Start    gamma 1
/// Source   Zhang & Sennrich 2019; torch.nn.RMSNorm(D, eps=1e-5)
#include <strata/layers/norm/layer_norm.hpp>

namespace strata::inline STRATA_ABI {

template <class... Options>
struct rms_norm_with {
    static constexpr value build(graph& g, value x) {
        return detail::build_row_norm<Options...>(g, x, option::epsilon | option::all_positions, true);
    }
    static constexpr void spell(text& t) {
        t.add("rms_norm_with<");
        spell_layers<Options...>(t);
        t.add(">");
    }
};

struct rms_norm : rms_norm_with<> {
    static constexpr void spell(text& t) { t.add("rms_norm"); }
};

} // namespace strata::inline STRATA_ABI
