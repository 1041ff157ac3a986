#pragma once
/// wasserstein — the loss of a Wasserstein GAN's critic and generator: the mean of t · x.
///   loss = sum_e t[e] · x[e] / E per sample, the mean over the batch
/// The critic has targets of −1 for real samples and 1 for made ones, and so raises its score of the real. The
/// generator has −1 for its own. The loss has no lower bound, and a critic's weights must be kept small.
/// Shapes   output and target are equal;  target: −1 or 1
/// Source   Arjovsky, Chintala & Bottou 2017
#include <strata/train/losses/elementwise_loss.hpp>

namespace strata::inline STRATA_ABI {

struct wasserstein_function {
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x, V t) {
        return t * x;
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df(V, V t) {
        return t;
    }
};
struct wasserstein : elementwise_loss<wasserstein_function> {
    static constexpr const char* name = "wasserstein";
};

} // namespace strata::inline STRATA_ABI
