#pragma once
/// hard_swish — y = x · min(max(x + 3, 0), 6) / 6; of any shape: silu with hard_sigmoid.
///   dy/dx = 0 where x < −3, x / 3 + 1/2 up to 3, 1 behind it; −1/2 at −3 and 1 at 3, as in PyTorch 1 (PyTorch since
///   2.8 and Keras give 0 at −3)
/// Source   Howard et al. 2019 (MobileNetV3); torch.nn.Hardswish, keras.activations.hard_silu
#include <strata/layers/pointwise/elementwise.hpp>

namespace strata::inline STRATA_ABI {

struct hard_swish_function {
    static constexpr const char* name = "hard_swish";
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static constexpr V f(V x) {
        return select(x < V(-3), V(0), select(x < V(3), x * ((x + V(3)) * V(1.0 / 6)), x));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static constexpr V df(V x) {
        return select(x < V(-3), V(0), select(x >= V(3), V(1), x * V(1.0 / 3) + V(0.5)));
    }
};
using hard_swish = elementwise<hard_swish_function>;

} // namespace strata::inline STRATA_ABI
