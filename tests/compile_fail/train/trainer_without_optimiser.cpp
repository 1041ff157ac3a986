// A trainer without an optimiser.
// expect: strata: a trainer takes a model, a loss and an optimiser, but one of these is missing: strata::trainer{model, strata::cross_entropy{}, strata::adam{}}.
// expect-types: strata: a trainer takes a model, a loss and an optimiser, but one of these is missing: strata::trainer{model, strata::cross_entropy{}, strata::adam{}}.
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

double train(strata::model<mlp>& net, const strata::data::in_memory<>& images) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{net, strata::cross_entropy{}};
#else
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
#endif
    trainer.fit(images, images, {.epochs = 3});
    return trainer.evaluate(images).metric;
}
// [/snippet]
