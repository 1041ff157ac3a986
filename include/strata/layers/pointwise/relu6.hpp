#pragma once
/// relu6 — y = min(max(x, 0), 6), of any shape; NaN stays NaN.
///   dy/dx = 1 where 0 < x < 6, else 0: at 0 and 6 as well, as in PyTorch and Keras
/// Source   Krizhevsky 2010; Sandler et al. 2018 (MobileNetV2); torch.nn.ReLU6, keras.activations.relu6
#include <strata/layers/pointwise/elementwise.hpp>

namespace strata::inline STRATA_ABI {

struct relu6_function {
    static constexpr const char* name = "relu6";
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static constexpr V f(V x) {
        return select(x < V(0), V(0), select(x > V(6), V(6), x));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static constexpr V df_of_output(V y) {
        return select(y <= V(0), V(0), select(y >= V(6), V(0), V(1)));
    }
};
using relu6 = elementwise<relu6_function>;

} // namespace strata::inline STRATA_ABI
