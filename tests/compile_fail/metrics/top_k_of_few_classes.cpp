// The eleven largest of ten outputs.
// expect: strata: the metric top_k<K> was given to a trainer whose network has fewer than K outputs, so every sample would count as correct. Use a K below the number of classes, such as top_k<5> for 10 classes.
// expect-types: strata: the metric top_k<K> was given to a trainer whose network has fewer than K outputs, so every sample would count as correct. Use a K below the number of classes, such as top_k<5> for 10 classes.
#include <strata/metrics.hpp>
#include <strata/strata.hpp>

// [snippet]
struct ten_classes : strata::network<strata::features<30>, strata::dense<16>, strata::relu, strata::dense<10>> {};

double train(strata::model<ten_classes>& net, const strata::data::in_memory<strata::data::class_index>& images) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{net, strata::cross_entropy{}, strata::sgd{.rate = 0.1f}, strata::top_k<11>{}};
#else
    strata::trainer trainer{net, strata::cross_entropy{}, strata::sgd{.rate = 0.1f}, strata::top_k<3>{}};
#endif
    trainer.fit(images, {.epochs = 3});
    return trainer.evaluate(images).metric;
}
// [/snippet]
