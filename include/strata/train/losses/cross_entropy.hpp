#pragma once
/// cross_entropy — softmax and the negative log-likelihood of the class, for classification.
/// It classifies samples, the pixels of an image, or the positions of a sequence or signal.
///   loss = − sum_k t[k] · log softmax(x)[k] at each position, the mean over all positions of the batch
/// The softmax is part of it. If a network ends in softmax, even with a flatten after it, the loss takes the input of
/// that softmax.
/// Shapes   output [K], K at least 2;  target: a class number 0..K−1, or a distribution [K]
///          output [K, H, W], [K, T] or a sequence [T, K];  target: a class number at each position, [H, W] or [T]
///          Class numbers stay integers; they are never expanded.
/// Options  label_smoothing   ε: t becomes (1 − ε) · t + ε / K
///          class_weights     w[K]: the batch's mean is the weighted one, with W = sum_{n,k} w[k] · t[n,k]
///                            loss = − sum_{n,k} w[k] · ((1 − ε) · t[n,k] + ε / K) · log softmax(x[n])[k] / W,
///                            PyTorch's CrossEntropyLoss of class numbers. (For distributions, PyTorch divides by the
///                            number of samples instead.) A batch whose weights are all 0 has a loss of 0 and no
///                            gradient.
///          ignore_index      positions of this class number have no loss and no gradient, and do not count in the
///                            mean: −100, as in PyTorch. A batch that is ignored whole has a loss of 0. (PyTorch's is
///                            not a number.)
/// Rules    the output has at least two channels; no dropout after a softmax
///          (tests/compile_fail/loss/cross_entropy_*.cpp)
/// Errors   error for options that make no sense, when the trainer is made
/// Source   label smoothing: Szegedy et al. 2016
#include <strata/operations/loss/softmax_cross_entropy.hpp>
#include <strata/operations/norm/softmax.hpp>
#include <strata/plan/operations/reshape.hpp>
#include <strata/train/losses/loss.hpp>
#include <strata/train/metrics/accuracy.hpp>
#include <strata/train/optimisers/option_check.hpp>

#include <cstdint>
#include <limits>
#include <vector>

namespace strata::inline STRATA_ABI {

struct cross_entropy {
    double label_smoothing = 0;
    std::vector<double> class_weights = {}; ///< none: all classes count alike
    int ignore_index = -100;

    static constexpr const char* name = "cross_entropy";
    static constexpr bool takes_class_index = true;
    using usual_metric = accuracy;

    static constexpr void build(graph& g) {
        const shape out = g.extents(g.output);
        if (out.axes == role::none || out.axes == role::tokens || out.channels() < 2) {
            g.mistaken(mistake_kind::target_does_not_fit_the_output, out, shape(2),
                       "the loss cross_entropy needs the scores of at least two classes, [K], but the network's output "
                       "is ",
                       out,
                       out.rank == 1 ? ". End it with dense<K> for K classes, use binary_cross_entropy for yes or no, "
                                       "or mean_squared_error for a quantity."
                                     : ". End it with a layer of K channels, or use binary_cross_entropy for yes or no "
                                       "at each position.");
            return;
        }
        value scores = g.output;
        const detail::end_of_network end = detail::end_of(g);
        if (end.made_by >= 0 && g.operations[end.made_by].k.kind == operations::softmax::kind) {
            const value x = g.operations[end.made_by].in[0];
            const shape in = g.extents(x); // a flatten of several pixels would make one softmax of many
            const bool the_same = in == out || (in.positions() == 1 && in.channels() == out.channels());
            if (the_same && end.dropped) {
                g.mistaken(mistake_kind::rule_of_the_loss, out, {},
                           "the loss cross_entropy reads the input of a final softmax, but the dropout after the "
                           "softmax changes the output in training. Put the dropout before the last dense or conv.");
                return;
            }
            if (the_same) scores = in == out ? x : operations::reshape::append(g, x, out);
        }
        const shape positions = out.one_per_position();
        detail::add_loss<operations::softmax_cross_entropy>(g, scores, out.positions() == 1 ? out : positions,
                                                            out.positions() == 1 ? shape(1) : positions);
    }

    /// Raises `error` for options that make no sense for this number of classes.
    [[gnu::cold, gnu::noinline]] void check(int classes) const {
        const detail::option_check is{name};
        if (ignore_index >= 0 && ignore_index < classes && classes == 2)
            raise(sentence({"strata: cross_entropy is to ignore class ", ignore_index,
                            ", which leaves one class of two: there is nothing to learn. Use a number that is no "
                            "class, such as .ignore_index = -100."}));
        is.at_most_one("label smoothing", label_smoothing, ".label_smoothing = 0.1");
        if (class_weights.empty()) return;
        if (class_weights.size() != static_cast<std::size_t>(classes))
            raise(sentence({"strata: cross_entropy was given ", class_weights.size(),
                            " class weights, but the network has ", classes,
                            " classes. Give one weight per class, or none."}));
        double sum = 0;
        for (const double w : class_weights)
            is.at_most_a_float("class weight", w, ".class_weights = {1, 2, ...}"), sum += w;
        if (sum == 0)
            raise("strata: the class weights of cross_entropy are all 0, so there is nothing to learn. Give at least "
                  "one class a weight above 0.");
    }

    // ---- targets that are class numbers, a negative one where a position is ignored ------------------------------

    /// The sum of the weights of the classes: what a batch's mean counts beside others'.
    [[nodiscard]] double weight(const std::int32_t* of, long long positions) const {
        double sum = 0;
        for (long long i = 0; i < positions; ++i)
            if (of[i] >= 0) sum += class_weights.empty() ? 1 : class_weights[static_cast<std::size_t>(of[i])];
        return sum;
    }
    /// What makes the plain loss's mean over all positions the weighted one of smoothed targets: of the class and of
    /// each other (see call::classes). Returns false if the others count nothing.
    template <class T>
    bool class_values(const std::int32_t* of, long long positions, int classes, T* is, T* is_not) const {
        const double total = weight(of, positions);
        const double mean = total > 0 ? static_cast<double>(positions) / total : 0;
        const double kept = 1 - label_smoothing, spread = label_smoothing / classes;
        for (int k = 0; k < classes; ++k) {
            const double w = class_weights.empty() ? mean : mean * class_weights[static_cast<std::size_t>(k)];
            is[k] = static_cast<T>(w * (kept + spread));
            is_not[k] = static_cast<T>(w * spread);
        }
        return label_smoothing != 0;
    }

    // ---- targets that are distributions ---------------------------------------------------------------------------

    /// sum_{n,k} w[k] · t[n,k], or the number of samples: what a batch's mean counts beside others'.
    template <class T>
    [[nodiscard, gnu::cold, gnu::noinline]] double weight(const T* targets, int batch, int classes) const {
        if (class_weights.empty()) return batch;
        double sum = 0;
        for (int n = 0; n < batch; ++n)
            for (int k = 0; k < classes; ++k)
                sum += class_weights[static_cast<std::size_t>(k)] * static_cast<double>(*targets++);
        return sum;
    }
    /// Writes the targets that make the plain loss's mean over the batch the weighted one of smoothed targets; false if
    /// none of that is asked for.
    template <class T>
    [[gnu::cold, gnu::noinline]] bool change_targets(const T* from, T* to, int batch, int classes) const {
        if (label_smoothing == 0 && class_weights.empty()) return false;
        const double total = weight(from, batch, classes);
        // (a target that is not finite breaks its own sample only, which the error then names)
        const double mean = total > 0 && total < std::numeric_limits<double>::infinity() ? batch / total : 0;
        const double kept = 1 - label_smoothing, spread = label_smoothing / classes;
        for (int n = 0; n < batch; ++n)
            for (int k = 0; k < classes; ++k) {
                const double w = class_weights.empty() ? mean : mean * class_weights[static_cast<std::size_t>(k)];
                *to++ = static_cast<T>(w * (kept * static_cast<double>(*from++) + spread));
            }
        return true;
    }
};

} // namespace strata::inline STRATA_ABI
