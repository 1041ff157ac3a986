// A metric that compares scores, with a network of a single output.
// expect: strata: a metric that compares class scores, such as accuracy, needs more than one output, but the network has a single one. Use binary_accuracy, or end the network with dense<2> and use cross_entropy.
// expect-types: strata: a metric that compares class scores, such as accuracy, needs more than one output, but the network has a single one. Use binary_accuracy, or end the network with dense<2> and use cross_entropy.
#include <strata/losses.hpp>
#include <strata/strata.hpp>

// [snippet]
struct yes_or_no : strata::network<strata::features<30>, strata::dense<16>, strata::relu, strata::dense<1>> {};

double train(strata::model<yes_or_no>& net, const strata::data::in_memory<strata::data::class_index>& patients) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{net, strata::binary_cross_entropy{}, strata::sgd{.rate = 0.1f}, strata::accuracy{}};
#else
    strata::trainer trainer{net, strata::binary_cross_entropy{}, strata::sgd{.rate = 0.1f}, strata::binary_accuracy{}};
#endif
    trainer.fit(patients, {.epochs = 3});
    return trainer.evaluate(patients).metric;
}
// [/snippet]
