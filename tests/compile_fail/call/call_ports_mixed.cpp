// A model called with inputs by name and by place.
// expect: strata: some inputs are given by name and some by place. Name all of them, or none. The inputs of this network: "left", "right".
// expect-types: network_mistake<strata::core::the_call, net, strata::core::mistake_kind::options_conflict, strata::core::got<2>, strata::core::needs<2>>
#include <strata/inference.hpp>

#include <vector>

// [snippet]
struct net : strata::network<
    strata::inputs<strata::in<"left", strata::features<4>>, strata::in<"right", strata::features<3>>>,
    strata::use<"left">, strata::dense<8>, strata::tag<"l">,
    strata::use<"right">, strata::dense<8>, strata::add<"l">> {};

void use(const strata::model<net>& model, const std::vector<float>& left, const std::vector<float>& right) {
#ifdef STRATA_BROKEN
    const std::vector<float> y = model(left, strata::port<"right">(right));
#else
    const std::vector<float> y = model(left, right);
#endif
}
// [/snippet]
