#pragma once
/// tanh_activation — y = tanh(x), of any shape.
#include <strata/base/elementary.hpp>
#include <strata/layers/pointwise/elementwise.hpp>

namespace strata::inline STRATA_ABI {

struct tanh_function {
    static constexpr const char* name = "tanh_activation";
    STRATA_ANY_CALLER
    template <class V>
    [[gnu::always_inline]] STRATA_HD static V f(V x) {
        return elementary::tanh(x);
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df_of_output(V y) {
        return V(1) - y * y;
    }
};
using tanh_activation = elementwise<tanh_function>;

} // namespace strata::inline STRATA_ABI
