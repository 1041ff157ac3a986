// A vector where a static extent is needed.
// expect: strata: run needs spans of static extent. Pass std::span<const float, 784> and std::span<float, 10>, or call net(x), which checks at run time.
// expect-types: network_mistake<strata::core::the_call, mlp, strata::core::mistake_kind::extents_are_not_static, strata::core::got<>, strata::core::needs<784, 10>>
#include <strata/inference.hpp>

#include <array>
#include <vector>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<10>> {};

void classify(const strata::model<mlp>& net, strata::workspace<float>& space, const std::vector<float>& image) {
    std::array<float, 10> scores;
#ifdef STRATA_BROKEN
    net.run(image, scores, space);
#else
    net.run(std::span<const float, 784>(image), scores, space);
#endif
}
// [/snippet]
