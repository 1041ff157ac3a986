#pragma once
/// elementary<V> — exp, log, tanh and the logistic function of V: float, double, or a register of them. Layers and losses call
/// these, and a policy with better ones for its registers specialises the class (cpu/math.hpp); else they are the standard
/// library's, or those that stand beside V.
#include <strata/base/host_device.hpp>

#include <cmath>

namespace strata::inline v0_1 {

template <class V>
struct elementary {
    STRATA_ANY_CALLER
    STRATA_HD static V exp(V x) {
        using std::exp;
        return exp(x);
    }
    STRATA_ANY_CALLER
    STRATA_HD static V log(V x) {
        using std::log;
        return log(x);
    }
    STRATA_ANY_CALLER
    STRATA_HD static V tanh(V x) {
        using std::tanh;
        return tanh(x);
    }
    /// 1 / (1 + exp(−x))
    STRATA_ANY_CALLER
    STRATA_HD static V logistic(V x) { return V(1) / (V(1) + exp(-x)); }
};

} // namespace strata::inline v0_1
