// A trainer's model after its loss.
// expect: strata: a trainer takes the model first, then the loss, then the optimiser, then metrics: strata::trainer{model, strata::cross_entropy{}, strata::adam{}, strata::accuracy{}}.
// expect-types: strata: a trainer takes the model first, then the loss, then the optimiser, then metrics: strata::trainer{model, strata::cross_entropy{}, strata::adam{}, strata::accuracy{}}.
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

double train(strata::model<mlp>& net, const strata::data::in_memory<>& images) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{strata::cross_entropy{}, net, strata::adam{}};
#else
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
#endif
    trainer.fit(images, images, {.epochs = 3});
    return trainer.evaluate(images).metric;
}
// [/snippet]
