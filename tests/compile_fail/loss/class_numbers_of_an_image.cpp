// Class numbers for a network whose output is an image.
// expect: strata: the data set has one class number for each sample, but the network's output is an image or a sequence. End it with flatten, dense<K>, or use a data set of class_indices, one for each position.
// expect-types: strata: the data set has one class number for each sample, but the network's output is an image or a sequence. End it with flatten, dense<K>, or use a data set of class_indices, one for each position.
#include <strata/losses.hpp>
#include <strata/strata.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
    strata::conv<10, 5>,
#ifdef STRATA_BROKEN
    strata::relu> {};
#else
    strata::relu, strata::flatten, strata::dense<10>> {};
#endif

double train(strata::model<net>& classifier, const strata::data::in_memory<strata::data::class_index>& images) {
    strata::trainer trainer{classifier, strata::binary_cross_entropy{}, strata::sgd{.rate = 0.1f}};
    trainer.fit(images, {.epochs = 3});
    return trainer.evaluate(images).metric;
}
// [/snippet]
