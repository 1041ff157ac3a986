// Gradients by hand of a network with several inputs.
// expect: strata: gradients needs a network of one input and one output of numbers, but this one has the inputs "left", "right". Only net(...), net.run(...) and the fit of a trainer take others.
// expect-types: network_mistake<strata::core::the_call, net, strata::core::mistake_kind::network_has_several_ports, strata::core::got<2, 1>, strata::core::needs<1, 1>>
#include <strata/gradients.hpp>
#include <strata/strata.hpp>

// [snippet]
#ifdef STRATA_BROKEN
struct net : strata::network<
    strata::inputs<strata::in<"left", strata::features<4>>, strata::in<"right", strata::features<3>>>,
    strata::use<"left">, strata::dense<8>, strata::tag<"l">,
    strata::use<"right">, strata::dense<8>, strata::add<"l">> {};
#else
struct net : strata::network<strata::features<4>, strata::dense<8>> {};
#endif

double loss(strata::model<net>& model) {
    auto step = strata::gradients<strata::wrt<strata::parameters>>(model, strata::mean_squared_error{});
    return step(std::vector<float>(4), std::vector<float>(8));
}
// [/snippet]
