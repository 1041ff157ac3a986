// Something after a trainer's optimiser that is not a metric.
// expect: strata: after its optimiser, a trainer takes metrics, such as strata::accuracy{}, strata::frozen<...>{} and strata::parameter_group<...>{...}, but was given something else.
// expect-types: strata: after its optimiser, a trainer takes metrics, such as strata::accuracy{}, strata::frozen<...>{} and strata::parameter_group<...>{...}, but was given something else.
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

double train(strata::model<mlp>& net, const strata::data::in_memory<>& images) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}, 1e-3};
#else
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{.rate = 1e-3}, strata::accuracy{}};
#endif
    trainer.fit(images, images, {.epochs = 3});
    return trainer.evaluate(images).metric;
}
// [/snippet]
