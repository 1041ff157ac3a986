#pragma once
/// softplus — y = log(1 + exp(x)), of any shape; y = x where x > 20, as in PyTorch.
/// Source   Dugas et al. 2001
#include <strata/base/elementary.hpp>
#include <strata/layers/pointwise/elementwise.hpp>

namespace strata::inline STRATA_ABI {

struct softplus_function {
    static constexpr const char* name = "softplus";
    /// What select leaves out is computed as well, and must not overflow.
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x) {
        return select(x > V(20), x, elementary::log1p(elementary::exp(select(x > V(20), V(20), x))));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df(V x) {
        return select(x > V(20), V(1), elementary::logistic(x));
    }
};
using softplus = elementwise<softplus_function>;

} // namespace strata::inline STRATA_ABI
