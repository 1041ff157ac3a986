#pragma once
/// mean_squared_error — the mean squared error (PyTorch's MSELoss).
///   loss = sum_e (x[e] − t[e])² / E per sample, the mean over the batch
/// Shapes   output and target are equal
#include <strata/train/losses/elementwise_loss.hpp>

namespace strata::inline STRATA_ABI {

struct squared_error_function {
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x, V t) {
        return (x - t) * (x - t);
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df(V x, V t) {
        return V(2) * (x - t);
    }
};
struct mean_squared_error : elementwise_loss<squared_error_function> {
    static constexpr const char* name = "mean_squared_error";
};

} // namespace strata::inline STRATA_ABI
