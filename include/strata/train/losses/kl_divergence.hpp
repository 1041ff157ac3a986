#pragma once
/// kl_divergence — how far a Gaussian is from another, usually the standard normal one.
///   loss = sum_d (vt[d] − v[d] + (exp(v[d]) + (m[d] − mt[d])²) / exp(vt[d]) − 1) / 2 per sample,
///          the mean over the batch
/// m and v are the means and the logarithms of the variances: the first half of the output's channels, and the second.
/// mt and vt are those of the target. A target of zeros is the standard normal distribution, for which the loss is
/// − sum_d (1 + v[d] − m[d]² − exp(v[d])) / 2, a variational autoencoder's:
///   strata::losses{strata::on<"picture">(strata::binary_cross_entropy{}),
///                  strata::on<"latent">(strata::kl_divergence{}, 1.0 / 784)}   // the other is a mean over 784 pixels
/// Shapes   output [2·D], [2·D, H, W], [2·D, T] or [T, 2·D];  target: of the same shape
/// Rules    the output has an even number of channels   (tests/compile_fail/loss/kl_divergence_odd.cpp)
/// Source   Kingma & Welling 2014
#include <strata/operations/loss/gaussian_divergence.hpp>
#include <strata/train/losses/loss.hpp>

namespace strata::inline STRATA_ABI {

struct kl_divergence {
    static constexpr const char* name = "kl_divergence";
    static constexpr bool takes_class_index = false;

    static constexpr void build(graph& g) {
        const shape out = g.extents(g.output);
        if (out.axes == role::none || out.axes == role::tokens || out.channels() % 2 != 0) {
            g.mistaken(mistake_kind::target_does_not_fit_the_output, out, shape(2 * out.channels()),
                       "the loss kl_divergence needs means, and as many logarithms of variances behind them, but the "
                       "network's output is ",
                       out, ". End it with a layer of an even number of channels, such as dense<2 * D>.");
            return;
        }
        detail::add_loss<operations::gaussian_divergence>(g, g.output, out, shape(1));
    }
};

} // namespace strata::inline STRATA_ABI
