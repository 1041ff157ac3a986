// A model called with a wrong static extent.
// expect: strata: run was given 28 elements in and 10 out, but the network takes 784 a sample, [784], and gives 10, [10]. Give both for the same number of samples.
// expect-types: network_mistake<strata::core::the_call, mlp, strata::core::because::shapes_differ, strata::core::got<28, 10>, strata::core::needs<784, 10>>
#include <strata/inference.hpp>

#include <array>
#include <vector>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<10>> {};

void classify(const strata::model<mlp>& net, strata::workspace<float>& space) {
    std::array<float, 10> scores;
#ifdef STRATA_BROKEN
    std::array<float, 28> image{};
#else
    std::array<float, 784> image{};
#endif
    net.run(image, scores, space);
}
// [/snippet]
