// A loss for classes, with a network of a single output.
// expect: strata: the loss cross_entropy needs the scores of at least two classes, [K], but the network's output is [1]. End it with dense<K> for K classes, use binary_cross_entropy for yes or no, or mean_squared_error for a quantity.
// expect-types: network_mistake<strata::core::the_loss, strata::cross_entropy, strata::core::mistake_kind::target_does_not_fit_the_output, strata::core::got<1>, strata::core::needs<2>>
#include <strata/losses.hpp>
#include <strata/strata.hpp>

// [snippet]
struct yes_or_no : strata::network<strata::features<30>, strata::dense<16>, strata::relu, strata::dense<1>> {};

double train(strata::model<yes_or_no>& net, const strata::data::in_memory<strata::data::class_index>& patients) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{net, strata::cross_entropy{}, strata::sgd{.rate = 0.1f}};
#else
    strata::trainer trainer{net, strata::binary_cross_entropy{}, strata::sgd{.rate = 0.1f}};
#endif
    trainer.fit(patients, {.epochs = 3});
    return trainer.evaluate(patients).metric;
}
// [/snippet]
