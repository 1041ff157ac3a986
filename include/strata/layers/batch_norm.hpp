#pragma once
/// batch_norm — y = gamma[c] · (x − mean[c]) / sqrt(var[c] + 1e-5) + beta[c], per channel of an image or per feature.
/// In training the moments are the batch's, and the running ones move by 0.1 towards them (variance unbiased); in
/// inference the running ones serve.
/// A batch of one number per channel (one flat sample, as a last batch may be) has no unbiased variance: its result is
/// beta, the running mean moves, and the running variance stays as it is. (PyTorch refuses such a batch.) Shapes   x →
/// y of the same shape;  weight (gamma) [C], bias (beta) [C];  buffers running_mean [C], running_var [C] Start    gamma
/// 1, beta 0, running mean 0, running variance 1 Source   Ioffe & Szegedy 2015; defaults as in PyTorch
#include <strata/layers/run_layer.hpp>
#include <strata/plan/operations/batch_norm.hpp>

namespace strata::inline STRATA_ABI {

struct batch_norm {
    static constexpr value build(graph& g, value x) {
        const shape per_channel(g.extents(x).d0);
        const value gamma = g.parameter("weight", per_channel, init::one);
        const value beta = g.parameter("bias", per_channel, init::zero);
        const value mean = g.buffer("running_mean", per_channel, init::zero);
        const value variance = g.buffer("running_var", per_channel, init::one);
        return operations::batch_norm::add(g, x, gamma, beta, mean, variance, 1e-5f, 0.1f);
    }
    static constexpr void spell(text& t) { t.add("batch_norm"); }
};

} // namespace strata::inline STRATA_ABI
