// Predictions of a network with several outputs.
// expect: strata: net.predict needs a network of one input and one output of numbers, but this one has the outputs "x", "y". Only net(...), net.run(...) and the fit of a trainer take others.
// expect-types: network_mistake<strata::core::the_call, net, strata::core::mistake_kind::network_has_several_ports, strata::core::got<1, 2>, strata::core::needs<1, 1>>
#include <strata/strata.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>,
    strata::dense<8>, strata::tag<"x">,
#ifdef STRATA_BROKEN
    strata::dense<2>, strata::tag<"y">,
    strata::outputs<"x", "y">> {};
#else
    strata::dense<2>> {};
#endif

std::vector<float> all(const strata::model<net>& model, const strata::data::in_memory<>& data) {
    return model.predict(data);
}
// [/snippet]
