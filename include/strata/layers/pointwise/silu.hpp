#pragma once
/// silu — y = x · s, s = 1 / (1 + exp(−x)); of any shape. swish is another name of it.
///   dy/dx = s · (1 + x · (1 − s))
/// It is 0 at −infinity, where PyTorch's formula gives not-a-number.
/// Source   Elfwing, Uchibe & Doya 2018; Ramachandran, Zoph & Le 2017 (swish); torch.nn.SiLU, keras.activations.silu
#include <strata/base/elementary.hpp>
#include <strata/layers/pointwise/elementwise.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI {

struct silu_function {
    static constexpr const char* name = "silu";
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x) {
        return held(x) * elementary::logistic(x);
    }
    /// With e = exp(−|x|), s · (1 − s) = e / (1 + e)² on both sides of 0: no digits are lost where s is nearly 1.
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df(V x) {
        using std::abs;
        return slope(select(x > V(1000), V(1000), held(x)), elementary::exp(-abs(x)));
    }

  private:
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V slope(V x, V e) {
        return slope(x, e, V(1) / (V(1) + e));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V slope(V x, V e, V inverse) {
        return inverse * (select(x < V(0), e, V(1)) + x * e * inverse);
    }
    /// x, or −1000: below it s is 0 in every precision, and infinity is not multiplied with 0.
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V held(V x) {
        return select(x < V(-1000), V(-1000), x);
    }
};
using silu = elementwise<silu_function>;
using swish = silu;

} // namespace strata::inline STRATA_ABI
