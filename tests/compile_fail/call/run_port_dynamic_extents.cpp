// Run with a range whose type does not tell its size, for one of several inputs.
// expect: strata: run needs spans of static extent, also for the input "left": 4 elements for each sample. Or call net(...), which checks at run time.
// expect-types: network_mistake<strata::core::the_call, net, strata::core::mistake_kind::extents_are_not_static, strata::core::got<>, strata::core::needs<4>>
#include <strata/inference.hpp>

#include <array>
#include <span>

// [snippet]
struct net : strata::network<
    strata::inputs<strata::in<"left", strata::features<4>>, strata::in<"right", strata::features<3>>>,
    strata::use<"left">, strata::dense<8>, strata::tag<"l">,
    strata::use<"right">, strata::dense<8>, strata::add<"l">> {};

void use(const strata::model<net>& model, strata::workspace<float>& space, std::span<const float> given) {
    std::array<float, 3> right{};
    std::array<float, 8> y{};
#ifdef STRATA_BROKEN
    const std::span<const float> left = given;
#else
    const std::span<const float, 4> left = given.first<4>();
#endif
    model.run(std::tie(left, right), y, space);
}
// [/snippet]
