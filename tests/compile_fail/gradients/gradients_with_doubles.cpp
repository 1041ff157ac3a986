// Gradients of a model of float over samples of type double.
// expect: strata: this model computes with float, but was given double. Pass float, such as std::vector<float>, or use a double model: strata::model<net, strata::cpu, strata::fp64>.
// expect-types: strata: this model computes with float, but was given double. Pass float, such as std::vector<float>, or use a double model: strata::model<net, strata::cpu, strata::fp64>.
#include <strata/gradients.hpp>
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

double loss_of(strata::model<mlp>& net, const std::vector<float>& targets) {
#ifdef STRATA_BROKEN
    const std::vector<double> samples(784 * (targets.size() / 10));
#else
    const std::vector<float> samples(784 * (targets.size() / 10));
#endif
    auto step = strata::gradients<strata::wrt<strata::parameters>>(net, strata::cross_entropy{});
    return step(samples, targets);
}
// [/snippet]
