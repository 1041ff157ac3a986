// A loss of a network with several outputs.
// expect: strata: the network has 2 outputs, so a loss must say on which it is: losses{on<"x">(...), ...}.
// expect-types: network_mistake<strata::core::the_loss, strata::mean_squared_error, strata::core::mistake_kind::network_has_several_ports, strata::core::got<2>, strata::core::needs<1>>
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

void train(strata::model<net>& model) {
    strata::trainer trainer{model, strata::mean_squared_error{}, strata::adam{}};
    trainer.step(std::vector<float>(4), std::vector<float>(2));
}
// [/snippet]
