#pragma once
/// squared_hinge — the square of what misses a margin, with targets of 1 and −1.
///   loss = sum_e max(0, 1 − t[e] · x[e])² / E per sample, the mean over the batch
/// Shapes   output and target are equal;  target: 1 or −1
/// Source   Keras's SquaredHinge; torch.relu(1 - t * x).square().mean()
#include <strata/train/losses/elementwise_loss.hpp>

namespace strata::inline STRATA_ABI {

struct squared_hinge_function {
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x, V t) {
        return select(t * x < V(1), (V(1) - t * x) * (V(1) - t * x), V(0) * x); // what is not a number stays so
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df(V x, V t) {
        return select(t * x < V(1), V(-2) * t * (V(1) - t * x), V(0));
    }
};
struct squared_hinge : elementwise_loss<squared_hinge_function> {
    static constexpr const char* name = "squared_hinge";
};

} // namespace strata::inline STRATA_ABI
