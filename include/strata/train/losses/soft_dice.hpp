#pragma once
/// soft_dice<Smoothing = 1> — one minus the overlap of each class, for segmentation (the soft Dice loss).
///   loss = 1 − (1 / K) · sum_k (2 · sum_p y[k,p] · t[k,p] + S) / (sum_p y[k,p] + sum_p t[k,p] + S),  y = softmax(x)
/// per sample, over its positions p; the mean over the batch. The classes count alike, however few pixels they have.
/// The softmax is part of it. A network that ends in softmax keeps that one.
/// Shapes   output [K, H, W], [K, T] or a sequence [T, K], K at least 2;  target: a class number at each position
/// Options  Smoothing      S, added above and below: a class that is not there, and not found, has a loss of 0
///          ignore_index   positions of this class number do not count: −100, as in cross_entropy
/// Rules    the output has at least two channels and several positions   (tests/compile_fail/loss/soft_dice_*.cpp)
/// Source   Milletari, Navab & Ahmadi 2016; MONAI's DiceLoss(softmax=True, to_onehot_y=True, smooth_nr=1, smooth_dr=1)
#include <strata/layers/real.hpp>
#include <strata/operations/loss/soft_dice.hpp>
#include <strata/operations/norm/softmax.hpp>
#include <strata/train/losses/loss.hpp>
#include <strata/train/metrics/accuracy.hpp>

#include <cstdint>

namespace strata::inline STRATA_ABI {

template <real Smoothing = 1>
struct soft_dice {
    static_assert(Smoothing.number() > 0, "strata: the loss soft_dice<Smoothing> needs a smoothing above 0, such as "
                                          "soft_dice<1>: without one, a class that is not there divides by zero.");
    int ignore_index = -100;

    static constexpr const char* name = "soft_dice";
    static constexpr bool takes_class_index = true;
    using usual_metric = accuracy;

    static constexpr void build(graph& g) {
        const shape out = g.extents(g.output);
        if (out.axes == role::none || out.axes == role::tokens || out.channels() < 2 || out.positions() < 2) {
            g.mistaken(mistake_kind::target_does_not_fit_the_output, out, shape(2),
                       "the loss soft_dice needs the scores of at least two classes at several positions, [K, H, W], "
                       "but the network's output is ",
                       out, ". End it with conv<K, 1> for K classes, or use cross_entropy for one class per sample.");
            return;
        }
        const int end = detail::end_of(g).made_by;
        const bool is_softmax =
            end >= 0 && g.operations[end].k.kind == operations::softmax::kind && g.operations[end].out[0] == g.output;
        const value shares = is_softmax ? g.output : operations::softmax::append(g, g.output);
        detail::add_loss<operations::soft_dice>(g, shares, out.one_per_position(), shape(out.channels()), -1,
                                                Smoothing.number());
    }

    /// Every sample counts alike.
    [[nodiscard]] double weight(const std::int32_t*, long long positions) const {
        return static_cast<double>(positions);
    }
    template <class T>
    bool class_values(const std::int32_t*, long long, int classes, T* is, T* is_not) const {
        for (int k = 0; k < classes; ++k) is[k] = 1, is_not[k] = 0;
        return false;
    }
};

} // namespace strata::inline STRATA_ABI
