#pragma once
/// binary_cross_entropy<PosWeight> — yes or no for each output, a logit:  loss = sum_e l(x[e], t[e]) / E per sample, the mean over
/// the batch (PyTorch's BCEWithLogitsLoss):  l(x, t) = − PosWeight · t · log p − (1 − t) · log (1 − p),  p = 1 / (1 + exp(−x)).
/// The sigmoid is part of it: a network ends in dense, without one. PosWeight is 1 unless given; above 1 it is for a rare yes.
/// Shapes   output and target the same;  target: probabilities, or class numbers: of one output 0 (no) or 1 (yes), of K outputs
///          one of K classes, yes for one and no for the others
#include <strata/layers/real.hpp>
#include <strata/train/losses/elementwise_loss.hpp>
#include <strata/train/metrics/binary_accuracy.hpp>

#include <cmath>

namespace strata::inline v0_1 {

template <real PosWeight>
struct binary_cross_entropy_function {
    static_assert(PosWeight.number() > 0, "strata: the loss binary_cross_entropy<PosWeight> weighs yes against no, and needs a "
                                          "weight greater than 0, like binary_cross_entropy<3>.");
    /// With − log p = max(−x, 0) + log(1 + exp(−|x|)) and − log (1 − p) = max(x, 0) + the same no exponential overflows, and what
    /// is added up has one sign.
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x, V t) {
        using std::abs, std::exp, std::log1p;
        const V yes = V(PosWeight.number()) * t, no = V(1) - t;
        return (yes + no) * log1p(exp(-abs(x))) + select(x > V(0), no * x, -(yes * x));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df(V x, V t) {
        using std::exp;
        const V yes = V(PosWeight.number()) * t, no = V(1) - t;
        return (yes + no) / (V(1) + exp(-x)) - yes;
    }
};
template <real PosWeight = 1>
struct binary_cross_entropy : elementwise_loss<binary_cross_entropy_function<PosWeight>> {
    static constexpr const char* name = "binary_cross_entropy";
    static constexpr bool takes_class_index = true;
    using usual_metric = binary_accuracy;
};

} // namespace strata::inline v0_1
