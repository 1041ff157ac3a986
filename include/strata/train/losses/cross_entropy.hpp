#pragma once
/// cross_entropy — loss = − sum_k t[k] · log softmax(x)[k] per sample, the mean over the batch; softmax is part of it.
/// A network that ends in softmax is taken at the softmax's input.
/// Shapes   output [K], K at least 2;  target: a class index 0..K−1, or a distribution [K] (one-hot)
/// Rules    the output is flat                                  (tests/compile_fail/cross_entropy_on_image.cpp)
#include <strata/plan/operations/batch_mean.hpp>
#include <strata/plan/operations/softmax_cross_entropy.hpp>
#include <strata/train/losses/loss.hpp>

namespace strata::inline v0_1 {

struct cross_entropy {
    static constexpr const char* name = "cross_entropy";
    static constexpr bool takes_class_index = true;

    static constexpr void build(graph& g) {
        const shape out = g.extents(g.output);
        if (out.rank != 1 || out.d0 < 2) {
            g.mistaken(because::target_does_not_fit_the_output, out, shape(2), "the loss cross_entropy takes the scores "
                       "of at least two classes, [K], but the output of the network is ", out,
                       ". End it with flatten, dense<K>, or use mean_squared_error.");
            return;
        }
        value scores = g.output;
        for (const operation& o : g.operations)
            if (o.k.kind == op::softmax && o.out[0] == g.output) scores = o.in[0];
        detail::add_loss(g, op::softmax_cross_entropy, scores);
    }
};

} // namespace strata::inline v0_1
