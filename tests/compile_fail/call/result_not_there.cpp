// A result that the network does not have.
// expect: strata: there is no output "z". The outputs of this network: "x", "y".
// expect-types: network_mistake<strata::core::the_call, net, strata::core::mistake_kind::port_is_not_there, strata::core::the_name<'z'>, strata::core::ports_with_a_name<strata::core::the_name<'x'>, strata::core::the_name<'y'>>>
#include <strata/inference.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>,
    strata::dense<8>, strata::tag<"x">,
    strata::dense<2>, strata::tag<"y">,
    strata::outputs<"x", "y">> {};

void use(const strata::model<net>& model, const std::vector<float>& samples) {
    const auto results = model(samples);
#ifdef STRATA_BROKEN
    const std::vector<float> y = results.get<"z">();
#else
    const std::vector<float> y = results.get<"y">();
#endif
}
// [/snippet]
