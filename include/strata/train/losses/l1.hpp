#pragma once
/// l1 — the mean absolute error (PyTorch's L1Loss).
///   loss = sum_e |x[e] − t[e]| / E per sample, the mean over the batch
/// The derivative is 0 where x = t.
/// Shapes   output and target are equal
#include <strata/train/losses/elementwise_loss.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI {

struct absolute_error_function {
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x, V t) {
        using std::abs;
        return abs(x - t);
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df(V x, V t) {
        return select(x > t, V(1), select(x < t, V(-1), V(0)));
    }
};
struct l1 : elementwise_loss<absolute_error_function> {
    static constexpr const char* name = "l1";
};

} // namespace strata::inline STRATA_ABI
