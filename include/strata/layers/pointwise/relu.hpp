#pragma once
/// relu — y = max(x, 0), of any shape; NaN stays NaN.
/// Source   Nair & Hinton 2010
#include <strata/layers/pointwise/elementwise.hpp>

namespace strata::inline STRATA_ABI {

struct relu_function {
    static constexpr const char* name = "relu";
    static constexpr int at_least = 0; ///< f(x) = max(x, at_least): a kernel may do that in passing
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static constexpr V f(V x) {
        return select(x < V(0), V(0), x);
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static constexpr V df_of_output(V y) {
        return select(y > V(0), V(1), V(0));
    }
};
using relu = elementwise<relu_function>;

} // namespace strata::inline STRATA_ABI
