// A list of layers that is no network.
// expect: strata: this is not a network: it has no build function. Derive it from strata::network<Input, Layers...>. If that list is itself an error, check for a layer without its brackets (leaky_relu<>, not leaky_relu) or with brackets that it does not take (batch_norm, not batch_norm<16>).
// expect-types: network_mistake<strata::core::the_input, net, strata::core::mistake_kind::it_is_no_network
#include <strata/strata.hpp>

// [snippet]
#ifdef STRATA_BROKEN
struct net : strata::type_list<
#else
struct net : strata::network<
#endif
    strata::features<8>, strata::dense<8>, strata::leaky_relu<>, strata::dense<2>> {};

double train(strata::model<net>& model, const std::vector<float>& x, const std::vector<float>& t) {
    strata::trainer trainer{model, strata::mean_squared_error{}, strata::sgd{.rate = 0.1f}};
    return trainer.step(x, t);
}
// [/snippet]
