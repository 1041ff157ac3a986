#pragma once
/// weighted_cross_entropy — cross-entropy with a weight for each position.
/// It is U-Net's loss with weight maps, which a data set gives beside the class of each pixel.
///   loss = − sum_p w[p] · log softmax(x)[k[p], p] / P per sample, over its P positions; the mean over the batch
/// It divides by the number of positions, not by the sum of their weights, so that a map has the same effect in every
/// batch: torch's (cross_entropy(x, k, reduction="none") * w).mean(). The softmax is part of it: a network that ends in
/// softmax is a mistake.
/// Shapes   output [K, H, W], [K, T] or a sequence [T, K], K at least 2;  target: two numbers at each position, the
///          class number and its weight: [2, H, W], [2, T] or [T, 2]
///          A negative class number, or a weight of 0, leaves a position out.
/// data::pixel_weighted makes such targets of a data set of classes; a data set of values gives both planes, one behind
/// the other, with a target_shape of [2, H, W]. Metrics that compare
/// the output with its target do not fit; measure them on a data set of classes.
/// Rules    the output has at least two channels, and is no softmax
///          (tests/compile_fail/loss/weighted_cross_entropy_*.cpp)
/// Source   Ronneberger, Fischer & Brox 2015
#include <strata/operations/loss/weighted_cross_entropy.hpp>
#include <strata/operations/norm/softmax.hpp>
#include <strata/train/losses/loss.hpp>

namespace strata::inline STRATA_ABI {

struct weighted_cross_entropy {
    static constexpr const char* name = "weighted_cross_entropy";
    static constexpr bool takes_class_index = false;

    static constexpr void build(graph& g) {
        const shape out = g.extents(g.output);
        if (out.axes == role::none || out.axes == role::tokens || out.channels() < 2) {
            g.mistaken(mistake_kind::target_does_not_fit_the_output, out, shape(2),
                       "the loss weighted_cross_entropy needs the scores of at least two classes, but the network's "
                       "output is ",
                       out, ". End it with a layer of K channels for K classes.");
            return;
        }
        const int end = detail::end_of(g).made_by;
        if (end >= 0 && g.operations[end].k.kind == operations::softmax::kind) {
            g.mistaken(mistake_kind::rule_of_the_loss, out, {},
                       "the loss weighted_cross_entropy includes the softmax, but the network ends in one, so it would "
                       "be applied twice. Leave it out: the outputs are scores.");
            return;
        }
        detail::add_loss<operations::weighted_cross_entropy>(g, g.output, out.with_channels(2), out.one_per_position());
    }
};

} // namespace strata::inline STRATA_ABI
