// A sigmoid at the end of a network whose loss already includes it.
// expect: strata: the loss binary_cross_entropy includes the sigmoid, but the network ends in one, so it would be applied twice. Leave it out: the outputs are logits, above 0 where the sigmoid is above one half.
// expect-types: network_mistake<strata::core::the_loss, strata::binary_cross_entropy<
// expect-types: strata::core::mistake_kind::rule_of_the_loss, strata::core::got<1>
#include <strata/losses.hpp>
#include <strata/strata.hpp>

// [snippet]
struct yes_or_no : strata::network<
    strata::features<30>, strata::dense<16>, strata::relu,
#ifdef STRATA_BROKEN
    strata::dense<1>, strata::sigmoid> {};
#else
    strata::dense<1>> {};
#endif

double train(strata::model<yes_or_no>& model, const strata::data::in_memory<strata::data::class_index>& patients) {
    strata::trainer trainer{model, strata::binary_cross_entropy{}, strata::sgd{.rate = 0.1f}};
    trainer.fit(patients, {.epochs = 3});
    return trainer.evaluate(patients).loss;
}
// [/snippet]
