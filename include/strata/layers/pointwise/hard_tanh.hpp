#pragma once
/// hard_tanh — y = min(max(x, −1), 1), of any shape; NaN stays NaN.
///   dy/dx = 1 where −1 < x < 1, else 0: at ±1 as well, as in PyTorch
/// Source   Collobert 2004; torch.nn.Hardtanh
#include <strata/layers/pointwise/elementwise.hpp>

namespace strata::inline STRATA_ABI {

struct hard_tanh_function {
    static constexpr const char* name = "hard_tanh";
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static constexpr V f(V x) {
        return select(x < V(-1), V(-1), select(x > V(1), V(1), x));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static constexpr V df_of_output(V y) {
        return select(y <= V(-1), V(0), select(y >= V(1), V(0), V(1)));
    }
};
using hard_tanh = elementwise<hard_tanh_function>;

} // namespace strata::inline STRATA_ABI
