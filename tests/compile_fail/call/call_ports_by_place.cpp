// A model called with too few inputs.
// expect: strata: 1 input is given, but the network has 2. Pass all of them, in their order or by name, as in port<"name">(x). The inputs of this network: "left", "right".
// expect-types: network_mistake<strata::core::the_call, net, strata::core::mistake_kind::shapes_differ, strata::core::got<1>, strata::core::needs<2>>
#include <strata/inference.hpp>

#include <vector>

// [snippet]
struct net : strata::network<
    strata::inputs<strata::in<"left", strata::features<4>>, strata::in<"right", strata::features<3>>>,
    strata::use<"left">, strata::dense<8>, strata::tag<"l">,
    strata::use<"right">, strata::dense<8>, strata::add<"l">> {};

void use(const strata::model<net>& model, const std::vector<float>& left, const std::vector<float>& right) {
#ifdef STRATA_BROKEN
    const std::vector<float> y = model(left);
#else
    const std::vector<float> y = model(left, right);
#endif
}
// [/snippet]
