// A loss of classes at each pixel over a single channel.
// expect: strata: the loss cross_entropy needs the scores of at least two classes, [K], but the network's output is [1, 24, 24]. End it with a layer of K channels, or use binary_cross_entropy for yes or no at each position.
// expect-types: network_mistake<strata::core::the_loss, strata::cross_entropy, strata::core::mistake_kind::target_does_not_fit_the_output, strata::core::got<1, 24, 24>, strata::core::needs<2>>
#include <strata/strata.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
#ifdef STRATA_BROKEN
    strata::conv<1, 5>> {};
#else
    strata::conv<3, 5>> {};
#endif

double train(strata::model<net>& classifier, const strata::data::in_memory<strata::data::class_indices>& maps) {
    strata::trainer trainer{classifier, strata::cross_entropy{}, strata::sgd{.rate = 0.1f}};
    trainer.fit(maps, {.epochs = 3});
    return trainer.evaluate(maps).metric;
}
// [/snippet]
