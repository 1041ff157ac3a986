#pragma once
/// gelu_tanh — the approximation of gelu with tanh: y = x · (1 + tanh(u)) / 2, u = √(2/π) · (x + 0.044715 · x³); of any
/// shape. It differs from gelu by at most 5e-4. Since (1 + tanh(u)) / 2 = 1 / (1 + exp(−2u)) = s, y = x · s and
///   dy/dx = s + x · s · (1 − s) · 2u',  u' = √(2/π) · (1 + 0.134145 · x²)
/// It is 0 at −infinity, where PyTorch's formula gives not-a-number.
/// Source   Hendrycks & Gimpel 2016; torch.nn.GELU(approximate='tanh'), keras.activations.gelu(x, approximate=True)
#include <strata/base/elementary.hpp>
#include <strata/layers/pointwise/elementwise.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI {

struct gelu_tanh_function {
    static constexpr const char* name = "gelu_tanh";
    static constexpr double twice_root = 1.5957691216057308; ///< 2 √(2/π)
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x) {
        return held(x) * elementary::logistic(twice_u(held(x)));
    }
    /// With e = exp(−|2u|), s · (1 − s) = e / (1 + e)² on both sides of 0: no digits are lost where s is nearly 1.
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df(V x) {
        return slope(select(x > V(40), V(40), held(x)));
    }

  private:
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V twice_u(V x) {
        return V(twice_root) * x * (V(1) + V(0.044715) * x * x);
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V slope(V x) {
        using std::abs;
        return slope(x, elementary::exp(-abs(twice_u(x))));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V slope(V x, V e) {
        return slope(x, e, V(1) / (V(1) + e));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V slope(V x, V e, V inverse) {
        return inverse * (select(x < V(0), e, V(1)) + x * e * inverse * (V(twice_root) * (V(1) + V(0.134145) * x * x)));
    }
    /// x, or −40: below it s is 0 in every precision, and infinity is not multiplied with 0.
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V held(V x) {
        return select(x < V(-40), V(-40), x);
    }
};
using gelu_tanh = elementwise<gelu_tanh_function>;

} // namespace strata::inline STRATA_ABI
