#pragma once
/// elementary — exp, expm1, log, log1p, erf, erfc, tanh and the logistic function of any V: float, double, or a
/// register of them.
/// Layers and losses call these, the library's and a user's own: softplus is elementary::log1p(elementary::exp(x)).
/// They are the standard library's, or those that stand beside V, unless a policy has better ones for its registers:
/// functions `elementary_exp(elementary, x)` and so on, as in cpu/math.hpp. (A class template of V would not
/// do: nvcc refuses its name in functions that a device may call, where V is a vector register.)
#include <strata/base/host_device.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI {

struct elementary {
    STRATA_ANY_CALLER
    template <class V>
    [[gnu::always_inline]] STRATA_HD static V exp(V x) {
        return elementary_exp(elementary{}, x);
    }
    /// exp(x) − 1, to the last digits where x is small
    STRATA_ANY_CALLER
    template <class V>
    [[gnu::always_inline]] STRATA_HD static V expm1(V x) {
        return elementary_expm1(elementary{}, x);
    }
    STRATA_ANY_CALLER
    template <class V>
    [[gnu::always_inline]] STRATA_HD static V tanh(V x) {
        return elementary_tanh(elementary{}, x);
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V log(V x) {
        return elementary_log(elementary{}, x);
    }
    /// log(1 + x), to the last digits where x is small
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V log1p(V x) {
        return elementary_log1p(elementary{}, x);
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V erf(V x) {
        return elementary_erf(elementary{}, x);
    }
    /// 1 − erf(x), to the last digits where x is large
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V erfc(V x) {
        return elementary_erfc(elementary{}, x);
    }
    /// 1 / (1 + exp(−x))
    STRATA_ANY_CALLER
    template <class V>
    [[gnu::always_inline]] STRATA_HD static V logistic(V x) {
        return elementary_logistic(elementary{}, x);
    }
};

STRATA_ANY_CALLER
template <class V>
STRATA_HD V elementary_exp(elementary, V x) {
    using std::exp;
    return exp(x);
}
STRATA_ANY_CALLER
template <class V>
STRATA_HD V elementary_expm1(elementary, V x) {
    using std::expm1;
    return expm1(x);
}
STRATA_ANY_CALLER
template <class V>
STRATA_HD V elementary_tanh(elementary, V x) {
    using std::tanh;
    return tanh(x);
}
STRATA_ANY_CALLER
template <class V>
STRATA_HD V elementary_log(elementary, V x) {
    using std::log;
    return log(x);
}
STRATA_ANY_CALLER
template <class V>
STRATA_HD V elementary_log1p(elementary, V x) {
    using std::log1p;
    return log1p(x);
}
STRATA_ANY_CALLER
template <class V>
STRATA_HD V elementary_erf(elementary, V x) {
    using std::erf;
    return erf(x);
}
STRATA_ANY_CALLER
template <class V>
STRATA_HD V elementary_erfc(elementary, V x) {
    using std::erfc;
    return erfc(x);
}
STRATA_ANY_CALLER
template <class V>
STRATA_HD V elementary_logistic(elementary, V x) {
    using std::exp;
    return V(1) / (V(1) + exp(-x));
}

} // namespace strata::inline STRATA_ABI
