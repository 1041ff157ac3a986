// Results of type double for a model of float.
// expect: strata: this model computes with float, but was given double. Pass float, such as std::vector<float>, or use a double model: strata::model<net, strata::cpu, strata::fp64>.
// expect-types: strata: this model computes with float, but was given double. Pass float, such as std::vector<float>, or use a double model: strata::model<net, strata::cpu, strata::fp64>.
#include <strata/inference.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

void classify(const strata::model<mlp>& net, const std::array<float, 784>& image) {
#ifdef STRATA_BROKEN
    std::array<double, 10> scores;
#else
    std::array<float, 10> scores;
#endif
    auto space = net.make_workspace();
    net.run(image, scores, space);
}
// [/snippet]
