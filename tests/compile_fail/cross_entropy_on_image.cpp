// A loss whose target does not fit the output.
// expect: strata: the loss cross_entropy needs the scores of at least two classes, [K], but the network's output is [10, 24, 24]. End it with flatten, dense<K>, or use mean_squared_error.
// expect-types: network_mistake<strata::core::the_loss, strata::cross_entropy, strata::core::mistake_kind::target_does_not_fit_the_output, strata::core::got<10, 24, 24>, strata::core::needs<2>>
#include <strata/strata.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
    strata::conv<10, 5>,
#ifdef STRATA_BROKEN
    strata::relu> {};
#else
    strata::relu, strata::global_avg_pool> {};
#endif

double train(strata::model<net>& classifier, const strata::data::in_memory<strata::data::class_index>& images) {
    strata::trainer trainer{classifier, strata::cross_entropy{}, strata::sgd{.rate = 0.1f}};
    trainer.fit(images, {.epochs = 3});
    return trainer.evaluate(images).metric;
}
// [/snippet]
