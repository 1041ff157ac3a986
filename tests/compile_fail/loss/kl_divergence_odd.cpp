// Means without as many logarithms of variances.
// expect: strata: the loss kl_divergence needs means, and as many logarithms of variances behind them, but the network's output is [3]. End it with a layer of an even number of channels, such as dense<2 * D>.
// expect-types: network_mistake<strata::core::the_loss, strata::kl_divergence
// expect-types: strata::core::mistake_kind::target_does_not_fit_the_output, strata::core::got<3>
#include <strata/losses.hpp>
#include <strata/strata.hpp>

// [snippet]
#ifdef STRATA_BROKEN
struct encoder : strata::network<strata::features<64>, strata::dense<3>> {};
#else
struct encoder : strata::network<strata::features<64>, strata::dense<2 * 3>> {};
#endif

double step(strata::model<encoder>& model, const std::vector<float>& x, const std::vector<float>& normal) {
    strata::trainer trainer{model, strata::kl_divergence{}, strata::adam{}};
    return trainer.step(x, normal);
}
// [/snippet]
