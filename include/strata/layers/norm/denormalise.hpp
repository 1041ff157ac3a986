#pragma once
/// denormalise — y = x · std[c] + mean[c], per output (per channel of an image): the scale of the targets.
/// It is the twin of normalise. The layers before it compute numbers of the size of 1; loss, metrics, results and the
/// model's file are in the units of the targets. Put it last, and fill it from the data before the fit:
///   struct net_type : strata::network<strata::features<8>, strata::normalise, strata::dense<16>, strata::relu,
///                                     strata::dense<1>, strata::denormalise> {};
///   strata::fit_normalisation(net, train);         // <strata/train/normalisation/fit_normalisation.hpp>
///   strata::fit_target_scale(net, train);          // <strata/train/normalisation/fit_target_scale.hpp>
/// Nothing in it is trained, and it does the same in training and inference. Gradients are multiplied by std.
/// Shapes   x → y of the same shape;  buffers mean [C], std [C]
/// Start    mean 0, std 1: y = x
#include <strata/layers/run_layer.hpp>
#include <strata/operations/norm/normalise.hpp>

namespace strata::inline STRATA_ABI {

struct denormalise {
    static constexpr value build(graph& g, value x) {
        const shape per_channel(g.extents(x).channels());
        const value mean = g.buffer("mean", per_channel, init::zero);
        const value deviation = g.buffer("std", per_channel, init::one);
        return operations::normalise::append(g, x, mean, deviation, true);
    }
    static constexpr void spell(text& t) { t.add("denormalise"); }
};

} // namespace strata::inline STRATA_ABI
