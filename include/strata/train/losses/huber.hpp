#pragma once
/// huber<Delta = 1> — squared error up to a distance of Delta, absolute error beyond (PyTorch's HuberLoss).
///   loss = sum_e h(x[e] − t[e]) / E per sample, the mean over the batch
///   h(d) = d² / 2 where |d| ≤ Delta, else Delta · (|d| − Delta / 2)
/// Shapes   output and target are equal
/// Rules    Delta > 0                                                       (tests/compile_fail/loss/huber_of_zero.cpp)
/// Source   Huber 1964
#include <strata/layers/real.hpp>
#include <strata/train/losses/elementwise_loss.hpp>

namespace strata::inline STRATA_ABI {

template <real Delta>
struct huber_function {
    static_assert(Delta.number() > 0, "strata: the loss huber<Delta> is quadratic up to a distance of Delta, which "
                                      "must be greater than 0. Use a value such as huber<0.5>, or use l1.");
    /// With c = d kept within ±Delta, h(d) = c · (d − c / 2) and h'(d) = c. (Without variables of type V, which nvcc
    /// refuses where V is a register.)
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x, V t) {
        return df(x, t) * (x - t - V(0.5) * df(x, t));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df(V x, V t) {
        return select(x - t > V(Delta.number()), V(Delta.number()),
                      select(x - t < -V(Delta.number()), -V(Delta.number()), x - t));
    }
};
template <real Delta = 1>
struct huber : elementwise_loss<huber_function<Delta>> {
    static constexpr const char* name = "huber";
};

} // namespace strata::inline STRATA_ABI
