// A dropout between the softmax and a loss that would take the softmax's input.
// expect: strata: the loss cross_entropy reads the input of a final softmax, but the dropout after the softmax changes the output in training. Put the dropout before the last dense or conv.
// expect-types: network_mistake<strata::core::the_loss, strata::cross_entropy, strata::core::mistake_kind::rule_of_the_loss, strata::core::got<10>
#include <strata/strata.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
    strata::flatten, strata::dense<64>, strata::relu,
#ifdef STRATA_BROKEN
    strata::dense<10>, strata::softmax, strata::dropout<0.5>> {};
#else
    strata::dropout<0.5>, strata::dense<10>, strata::softmax> {};
#endif

double train(strata::model<net>& model, const strata::data::in_memory<>& digits) {
    strata::trainer trainer{model, strata::cross_entropy{}, strata::sgd{.rate = 0.1f}};
    trainer.fit(digits, {.epochs = 3});
    return trainer.evaluate(digits).loss;
}
// [/snippet]
