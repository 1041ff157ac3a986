// A model called with an input twice.
// expect: strata: the input "left" is given twice. The inputs of this network: "left", "right".
// expect-types: network_mistake<strata::core::the_call, net, strata::core::mistake_kind::port_is_given_twice, strata::core::the_name<'l', 'e', 'f', 't'>, strata::core::ports_with_a_name<strata::core::the_name<'l', 'e', 'f', 't'>, strata::core::the_name<'r', 'i', 'g', 'h', 't'>>>
#include <strata/inference.hpp>

#include <vector>

// [snippet]
struct net : strata::network<
    strata::inputs<strata::in<"left", strata::features<4>>, strata::in<"right", strata::features<3>>>,
    strata::use<"left">, strata::dense<8>, strata::tag<"l">,
    strata::use<"right">, strata::dense<8>, strata::add<"l">> {};

void use(const strata::model<net>& model, const std::vector<float>& left, const std::vector<float>& right) {
#ifdef STRATA_BROKEN
    const std::vector<float> y = model(strata::port<"left">(left), strata::port<"left">(right));
#else
    const std::vector<float> y = model(strata::port<"left">(left), strata::port<"right">(right));
#endif
}
// [/snippet]
