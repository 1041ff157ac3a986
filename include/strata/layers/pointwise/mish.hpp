#pragma once
/// mish — y = x · tanh(log(1 + exp(x))), of any shape.
/// With e = exp(x) and n = e · (e + 2) it takes one exponential and one division, and nothing is lost far below 0:
///   y = x · n / (n + 2),  dy/dx = n / (n + 2) + 4 x · e · (1 + e) / (n + 2)²
/// Behind x = 20, y is x to the last digit of a double. It is 0 at −infinity, where PyTorch's formula gives
/// not-a-number.
/// Source   Misra 2019; torch.nn.Mish, keras.activations.mish
#include <strata/base/elementary.hpp>
#include <strata/layers/pointwise/elementwise.hpp>

namespace strata::inline STRATA_ABI {

struct mish_function {
    static constexpr const char* name = "mish";
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x) {
        return select(x > V(20), x, value_of(held(x), elementary::exp(held(x))));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df(V x) {
        return select(x > V(20), V(1), slope(held(x), elementary::exp(held(x))));
    }

  private:
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V value_of(V x, V e) {
        return x * (e * (e + V(2))) / (e * (e + V(2)) + V(2));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V slope(V x, V e) {
        return weighted(x, e, V(1) / (e * (e + V(2)) + V(2)));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V weighted(V x, V e, V inverse) {
        return e * inverse * (e + V(2) + V(4) * x * (V(1) + e) * inverse);
    }
    /// x within −1000 and 20: infinity is not multiplied with 0, and e · e does not overflow.
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V held(V x) {
        return select(x < V(-1000), V(-1000), select(x > V(20), V(20), x));
    }
};
using mish = elementwise<mish_function>;

} // namespace strata::inline STRATA_ABI
