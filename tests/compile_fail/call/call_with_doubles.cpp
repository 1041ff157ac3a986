// Numbers of type double for a model of float.
// expect: strata: this model computes with float, but was given double. Pass float, such as std::vector<float>, or use a double model: strata::model<net, strata::cpu, strata::fp64>.
// expect-types: strata: this model computes with float, but was given double. Pass float, such as std::vector<float>, or use a double model: strata::model<net, strata::cpu, strata::fp64>.
#include <strata/inference.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

auto scores(const std::vector<double>& image) {
#ifdef STRATA_BROKEN
    const strata::model<mlp> net;
#else
    const strata::model<mlp, strata::cpu, strata::fp64> net;
#endif
    return net(image);
}
// [/snippet]
