// A model called with a wrong static extent.
// expect: strata: run was given 28 input and 10 output elements, but each sample has 784 inputs, [784], and 10 outputs, [10]. Pass both for the same number of samples.
// expect-types: network_mistake<strata::core::the_call, mlp, strata::core::mistake_kind::shapes_differ, strata::core::got<28, 10>, strata::core::needs<784, 10>>
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
