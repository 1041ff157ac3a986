// Run with a wrong number of elements for one of several inputs.
// expect: strata: run was given 5 elements for the input "left", but each sample of it has 4, [4]. Pass all inputs and outputs for the same number of samples.
// expect-types: network_mistake<strata::core::the_call, net, strata::core::mistake_kind::shapes_differ, strata::core::got<5>, strata::core::needs<4>>
#include <strata/inference.hpp>

#include <array>
#include <span>

// [snippet]
struct net : strata::network<
    strata::inputs<strata::in<"left", strata::features<4>>, strata::in<"right", strata::features<3>>>,
    strata::use<"left">, strata::dense<8>, strata::tag<"l">,
    strata::use<"right">, strata::dense<8>, strata::add<"l">> {};

void use(const strata::model<net>& model, strata::workspace<float>& space) {
    std::array<float, 3> right{};
    std::array<float, 8> y{};
#ifdef STRATA_BROKEN
    std::array<float, 5> left{};
#else
    std::array<float, 4> left{};
#endif
    model.run(std::tie(left, right), y, space);
}
// [/snippet]
