// A trainer of a temporary model.
// expect: strata: a trainer needs a model that outlives it, but was given a temporary. Give the model a name: strata::model<net> model; strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}};
// expect-types: strata: a trainer needs a model that outlives it, but was given a temporary. Give the model a name: strata::model<net> model; strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}};
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

double train(strata::model<mlp>& net, const strata::data::in_memory<>& images) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{strata::model<mlp>{}, strata::cross_entropy{}, strata::adam{}};
#else
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
#endif
    trainer.fit(images, images, {.epochs = 3});
    return trainer.evaluate(images).metric;
}
// [/snippet]
