#pragma once
/// normalise — y = (x − mean[c]) / std[c], per channel of an image or per feature: the scale of the inputs.
/// It is a part of the network, saved and loaded with it. Put it first, and fill it from the data before the fit:
///   struct net_type : strata::network<strata::features<8>, strata::normalise, strata::dense<16>> {};
///   strata::fit_normalisation(net, train);         // <strata/train/normalisation/fit_normalisation.hpp>
/// Unlike batch_norm it does the same in training and inference, and nothing in it is trained.
/// Shapes   x → y of the same shape;  buffers mean [C], std [C]
/// Start    mean 0, std 1: y = x
#include <strata/layers/run_layer.hpp>
#include <strata/operations/norm/normalise.hpp>

namespace strata::inline STRATA_ABI {

struct normalise {
    static constexpr value build(graph& g, value x) {
        const shape per_channel(g.extents(x).channels());
        const value mean = g.buffer("mean", per_channel, init::zero);
        const value deviation = g.buffer("std", per_channel, init::one);
        return operations::normalise::append(g, x, mean, deviation);
    }
    static constexpr void spell(text& t) { t.add("normalise"); }
};

} // namespace strata::inline STRATA_ABI
