#pragma once
/// gelu — y = x · Φ(x), Φ the normal distribution's function; of any shape.
///   Φ(x) = (1 + erf(x / √2)) / 2;  gelu_tanh is the approximation with tanh
///   dy/dx = Φ(x) + x · exp(−x² / 2) / √(2π)
/// It is 0 at −infinity, where PyTorch's formula gives not-a-number.
/// Source   Hendrycks & Gimpel 2016; torch.nn.GELU(), keras.activations.gelu
#include <strata/base/elementary.hpp>
#include <strata/layers/pointwise/elementwise.hpp>

namespace strata::inline STRATA_ABI {

struct gelu_function {
    static constexpr const char* name = "gelu";
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x) {
        return held(x) * distribution(x);
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df(V x) {
        return distribution(x) + slope(select(x > V(40), V(40), held(x)));
    }

  private:
    /// Φ(x), without a difference of nearly equal numbers where x is far below 0.
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V distribution(V x) {
        return V(0.5) * elementary::erfc(x * V(-0.70710678118654752));
    }
    /// x times the density
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V slope(V x) {
        return x * (V(0.39894228040143268) * elementary::exp(V(-0.5) * x * x));
    }
    /// x, or −40: below it Φ and the density are 0 in every precision, and infinity is not multiplied with 0.
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V held(V x) {
        return select(x < V(-40), V(-40), x);
    }
};
using gelu = elementwise<gelu_function>;

} // namespace strata::inline STRATA_ABI
