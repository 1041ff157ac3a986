#pragma once
/// hinge — a margin loss for yes or no, with targets of 1 and −1.
///   loss = sum_e max(0, 1 − t[e] · x[e]) / E per sample, the mean over the batch
/// The derivative is 0 where t · x = 1. A critic's hinge loss has the targets 1 for real samples and −1 for made ones.
/// Shapes   output and target are equal;  target: 1 or −1. (Keras's Hinge also takes 0 for −1; this one does not.)
/// Source   Keras's Hinge; torch.relu(1 - t * x).mean()
#include <strata/train/losses/elementwise_loss.hpp>

namespace strata::inline STRATA_ABI {

struct hinge_function {
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x, V t) {
        return select(t * x < V(1), V(1) - t * x, V(0) * x); // what is not a number stays so
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df(V x, V t) {
        return select(t * x < V(1), -t, V(0));
    }
};
struct hinge : elementwise_loss<hinge_function> {
    static constexpr const char* name = "hinge";
};

} // namespace strata::inline STRATA_ABI
