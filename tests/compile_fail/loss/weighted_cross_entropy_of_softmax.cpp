// A softmax at the end of a network whose loss already includes it.
// expect: strata: the loss weighted_cross_entropy includes the softmax, but the network ends in one, so it would be applied twice. Leave it out: the outputs are scores.
// expect-types: network_mistake<strata::core::the_loss, strata::weighted_cross_entropy
// expect-types: strata::core::mistake_kind::rule_of_the_loss, strata::core::got<2, 8, 8>
#include <strata/losses.hpp>
#include <strata/strata.hpp>

// [snippet]
struct cells : strata::network<
    strata::image<1, 8, 8>, strata::conv<8, 3, strata::same>, strata::relu,
#ifdef STRATA_BROKEN
    strata::conv<2, 1>, strata::softmax> {};
#else
    strata::conv<2, 1>> {};
#endif

double step(strata::model<cells>& model, const std::vector<float>& x, const std::vector<float>& classes_and_weights) {
    strata::trainer trainer{model, strata::weighted_cross_entropy{}, strata::adam{}};
    return trainer.step(x, classes_and_weights);
}
// [/snippet]
