// A metric in the place of a trainer's loss.
// expect: strata: a trainer was given a metric in place of its loss. Metrics come after the optimiser: strata::trainer{model, strata::cross_entropy{}, strata::adam{}, strata::accuracy{}}.
// expect-types: strata: a trainer was given a metric in place of its loss. Metrics come after the optimiser: strata::trainer{model, strata::cross_entropy{}, strata::adam{}, strata::accuracy{}}.
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

double train(strata::model<mlp>& net, const strata::data::in_memory<>& images) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{net, strata::accuracy{}, strata::adam{}};
#else
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}, strata::accuracy{}};
#endif
    trainer.fit(images, images, {.epochs = 3});
    return trainer.evaluate(images).metric;
}
// [/snippet]
