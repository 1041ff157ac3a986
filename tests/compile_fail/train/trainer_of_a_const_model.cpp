// A trainer of a const model.
// expect: strata: a trainer changes its model's parameters, but was given a const model. Pass a non-const model.
// expect-types: strata: a trainer changes its model's parameters, but was given a const model. Pass a non-const model.
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

#ifdef STRATA_BROKEN
double train(const strata::model<mlp>& net, const strata::data::in_memory<>& images) {
#else
double train(strata::model<mlp>& net, const strata::data::in_memory<>& images) {
#endif
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
    trainer.fit(images, {.epochs = 3});
    return trainer.evaluate(images).loss;
}
// [/snippet]
