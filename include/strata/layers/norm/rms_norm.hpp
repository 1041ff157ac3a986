#pragma once
/// rms_norm — divides each sample, or each position of a sequence, by its root mean square.
///   y = gamma[d] · x[d] / sqrt(mean of x² + 1e-5)
/// rms_norm_with<epsilon<E>> is the same with another epsilon.
/// Shapes   x [D] → y [D];  x [T, D] → y [T, D], each position by itself;  weight (gamma) [D]
/// Options  epsilon<E>   1e-5 by default. (PyTorch's default is that of its numbers, 1.2e-7 in float.)
/// Rules    the input is flat or a sequence;  E > 0, as a float as well
/// Start    gamma 1
/// Source   Zhang & Sennrich 2019; torch.nn.RMSNorm(D, eps=1e-5)
#include <strata/layers/norm/layer_norm.hpp>

namespace strata::inline STRATA_ABI {

template <class... Options>
struct rms_norm_with {
    static constexpr value build(graph& g, value x) {
        return detail::build_row_norm<Options...>(g, x, static_cast<int>(option::epsilon), true);
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
