#pragma once
/// binary_cross_entropy<PosWeight = 1> — a yes-or-no loss for each output, a logit.
///   loss = the mean of l(x[e], t[e]) over all outputs of the batch that are not ignored (PyTorch's BCEWithLogitsLoss)
///   l(x, t) = − PosWeight · t · log p − (1 − t) · log (1 − p),   p = 1 / (1 + exp(−x))
/// The sigmoid is part of it: end the network in dense. A PosWeight above 1 compensates for a rare yes.
/// Options  label_smoothing   ε: t becomes (1 − ε) · t + ε / 2, as in Keras
///          ignore_index      outputs whose target is this number have no loss and no gradient, and do not count in the
///                            mean. It is −100, which is ignored in any case, or another number, such as 255. A batch
///                            that is ignored whole has a loss of 0. (PyTorch's loss has no such option: it is the same
///                            as its loss of x[t != −100] and t[t != −100].)
/// Shapes   output and target are equal;  target: probabilities, or class numbers: 0 (no) or 1 (yes) for one output,
///          one of K classes for K outputs, which is yes for that output and no for the others. A data set of
///          class_indices has a class number for each pixel, time or position.
///          What is behind the end of a padded sample is ignored.
/// Rules    the network does not end in sigmoid     (tests/compile_fail/loss/binary_cross_entropy_of_a_sigmoid.cpp)
/// Errors   error for options that make no sense, when the trainer is made
#include <strata/base/elementary.hpp>
#include <strata/base/select.hpp>
#include <strata/layers/pointwise/sigmoid.hpp>
#include <strata/layers/real.hpp>
#include <strata/train/batches/ignored_targets.hpp>
#include <strata/train/losses/elementwise_loss.hpp>
#include <strata/train/metrics/counts/binary_accuracy.hpp>
#include <strata/train/optimisers/option_check.hpp>

#include <cmath>

namespace strata::inline STRATA_ABI {

template <real PosWeight>
struct binary_cross_entropy_function {
    static_assert(PosWeight.number() > 0, "strata: the loss binary_cross_entropy<PosWeight> needs a weight of the "
                                          "positive class above 0, such as binary_cross_entropy<3>.");
    /// With − log p = max(−x, 0) + log(1 + exp(−|x|)) and − log (1 − p) = max(x, 0) + the same no exponential
    /// overflows, and what is added up has one sign.
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x, V t) {
        using std::abs;
        return select(t == V(ignored), V(0),
                      weight(t) * elementary::log1p(elementary::exp(-abs(x)))
                          + select(x > V(0), (V(1) - t) * x, -(yes(t) * x)));
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df(V x, V t) {
        return select(t == V(ignored), V(0), weight(t) * elementary::logistic(x) - yes(t));
    }
    static constexpr int ignored = -100; ///< a target that does not count

  private:
    // Functions, since nvcc refuses a variable of type V where V is a register.
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V yes(V t) {
        return V(PosWeight.number()) * t;
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V weight(V t) {
        return yes(t) + (V(1) - t);
    }
};
template <real PosWeight = 1>
struct binary_cross_entropy {
    double label_smoothing = 0;
    int ignore_index = -100;

    using function = binary_cross_entropy_function<PosWeight>;
    using usual_metric = binary_accuracy;
    static constexpr const char* name = "binary_cross_entropy";
    static constexpr bool takes_class_index = true;
    static constexpr int ignored_target = function::ignored;

    static constexpr void build(graph& g) {
        const detail::end_of_network end = detail::end_of(g);
        if (end.made_by >= 0 && is_sigmoid(g, g.operations[end.made_by].k)) {
            g.mistaken(
                mistake_kind::rule_of_the_loss, g.extents(g.output), {},
                "the loss binary_cross_entropy includes the sigmoid, but the network ends in one, so it would be "
                "applied twice. Leave it out: the outputs are logits, above 0 where the sigmoid is above one half.");
            return;
        }
        elementwise_loss<function>::add(g);
    }

    /// Raises `error` for options that make no sense.
    [[gnu::cold, gnu::noinline]] void check(int) const {
        if (ignore_index == 0 || ignore_index == 1)
            raise(sentence({"strata: binary_cross_entropy is to ignore the target ", ignore_index,
                            ", which leaves one answer of two: there is nothing to learn. Use a number that is no "
                            "answer, such as .ignore_index = -100."}));
        detail::option_check{"binary_cross_entropy<>"}.at_most_one("label smoothing", label_smoothing,
                                                                   ".label_smoothing = 0.1");
    }
    /// Writes the smoothed targets, and what is ignored as the function knows it; false if nothing changes.
    template <class T>
    [[gnu::cold, gnu::noinline]] bool change_targets(const T* from, T* to, int batch, int outputs) const {
        if (label_smoothing == 0 && ignore_index == ignored_target) return false;
        const detail::ignored_targets ignored = detail::ignored_targets::of(*this);
        const T kept = static_cast<T>(1 - label_smoothing), spread = static_cast<T>(label_smoothing / 2);
        for (long long i = 0; i < static_cast<long long>(batch) * outputs; ++i)
            to[i] = ignored(from[i]) ? static_cast<T>(ignored_target) : kept * from[i] + spread;
        return true;
    }

  private:
    static constexpr bool is_sigmoid(const graph& g, const core::key& k) {
        return k.kind == operations::elementwise::kind
               && core::same_function(g.functions[k.function], &core::function_id<sigmoid_function>);
    }
};

} // namespace strata::inline STRATA_ABI
