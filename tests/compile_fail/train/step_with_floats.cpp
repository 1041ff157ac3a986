// A step of a model of double over samples of type float.
// expect: strata: this model computes with double, but was given float. Pass double, such as std::vector<double>, or use a float model: strata::model<net>.
// expect-types: strata: this model computes with double, but was given float. Pass double, such as std::vector<double>, or use a float model: strata::model<net>.
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

double train(strata::model<mlp, strata::cpu, strata::fp64>& net, const std::vector<double>& targets) {
#ifdef STRATA_BROKEN
    const std::vector<float> samples(784 * (targets.size() / 10));
#else
    const std::vector<double> samples(784 * (targets.size() / 10));
#endif
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
    return trainer.step(samples, targets);
}
// [/snippet]
