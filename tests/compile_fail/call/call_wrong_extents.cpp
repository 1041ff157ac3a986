// A model called with an array that is not a whole number of samples.
// expect: strata: the model was given 28 elements, but takes samples of [1, 28, 28], 784 elements each. Pass one sample or a batch of whole samples.
// expect-types: network_mistake<strata::core::the_call, mlp, strata::core::mistake_kind::shapes_differ, strata::core::got<28>, strata::core::needs<1, 28, 28>>
#include <strata/inference.hpp>

#include <array>
#include <vector>

// [snippet]
struct mlp : strata::network<strata::image<1, 28, 28>, strata::flatten, strata::dense<10>> {};

std::vector<float> classify(const strata::model<mlp>& net) {
#ifdef STRATA_BROKEN
    const std::array<float, 28> images{};
#else
    const std::array<float, 2 * 784> images{};
#endif
    return net(images);
}
// [/snippet]
