#pragma once
/// selu — y = s · x where x > 0, else s · a · (exp(x) − 1); of any shape.
///   s = 1.0507009873554805, a = 1.6732632423543773
///   dy/dx = s where x > 0, else s · a · exp(x) = y + s · a: at 0 it is s · a, as in PyTorch (s in Keras)
/// Source   Klambauer et al. 2017; torch.nn.SELU
#include <strata/base/elementary.hpp>
#include <strata/layers/pointwise/elementwise.hpp>

namespace strata::inline STRATA_ABI {

struct selu_function {
    static constexpr const char* name = "selu";
    static constexpr double scale = 1.0507009873554804934193349852946;
    static constexpr double saturation = scale * 1.6732632423543772848170429916717; ///< −f(−infinity)
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x) {
        return select(x > V(0), V(scale) * x, V(saturation) * elementary::expm1(select(x > V(0), V(0), x)));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df_of_output(V y) {
        return select(y > V(0), V(scale), y + V(saturation));
    }
};
using selu = elementwise<selu_function>;

} // namespace strata::inline STRATA_ABI
