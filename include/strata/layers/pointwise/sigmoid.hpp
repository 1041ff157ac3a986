#pragma once
/// sigmoid — y = 1 / (1 + exp(−x)), of any shape.
#include <strata/base/elementary.hpp>
#include <strata/layers/pointwise/elementwise.hpp>

namespace strata::inline STRATA_ABI {

struct sigmoid_function {
    static constexpr const char* name = "sigmoid";
    STRATA_ANY_CALLER
    template <class V>
    [[gnu::always_inline]] STRATA_HD static V f(V x) {
        return elementary::logistic(x);
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df_of_output(V y) {
        return y * (V(1) - y);
    }
};
using sigmoid = elementwise<sigmoid_function>;

} // namespace strata::inline STRATA_ABI
