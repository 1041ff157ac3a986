// A model called with something that is not a range of numbers.
// expect: strata: a model takes a contiguous range of float, or of double with strata::fp64 (std::vector, std::array, std::span), or an xtensor expression after #include <strata/xtensor.hpp>.
// expect-types: strata: a model takes a contiguous range of float, or of double with strata::fp64 (std::vector, std::array, std::span), or an xtensor expression after #include <strata/xtensor.hpp>.
#include <strata/inference.hpp>

#include <array>
#include <vector>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<10>> {};

float best(const strata::model<mlp>& net) {
#ifdef STRATA_BROKEN
    std::vector<int> image(784);
#else
    std::vector<float> image(784);
#endif
    const auto scores = net(image);
    return scores[0];
}
// [/snippet]
