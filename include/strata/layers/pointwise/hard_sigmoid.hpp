#pragma once
/// hard_sigmoid — y = min(max(x + 3, 0), 6) / 6; of any shape.
///   dy/dx = 1/6 where −3 < x < 3, else 0: at ±3 as well, as in PyTorch and Keras 3
/// (Keras 2 has another function of this name, 0.2 · x + 0.5 between 0 and 1.)
/// Source   Courbariaux, Bengio & David 2015; Howard et al. 2019 (MobileNetV3) for this slope; torch.nn.Hardsigmoid
#include <strata/layers/pointwise/elementwise.hpp>

namespace strata::inline STRATA_ABI {

struct hard_sigmoid_function {
    static constexpr const char* name = "hard_sigmoid";
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static constexpr V f(V x) {
        return select(x < V(-3), V(0), select(x > V(3), V(1), (x + V(3)) * V(1.0 / 6)));
    }
    /// Not-a-number passes.
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static constexpr V df_of_output(V y) {
        return select(y <= V(0), V(0), select(y >= V(1), V(0), V(1.0 / 6)));
    }
};
using hard_sigmoid = elementwise<hard_sigmoid_function>;

} // namespace strata::inline STRATA_ABI
