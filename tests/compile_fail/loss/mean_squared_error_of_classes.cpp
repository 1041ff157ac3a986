// A loss that takes no class numbers, with a data set that provides them.
// expect: strata: this loss needs targets of the output's shape, but the data set has class numbers. Use cross_entropy, or a data set of values.
// expect-types: strata: this loss needs targets of the output's shape, but the data set has class numbers. Use cross_entropy, or a data set of values.
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<10>> {};

double train(strata::model<mlp>& net, const strata::data::in_memory<strata::data::class_index>& images) {
    const auto [fitted_on, held_out] = images.split(0.9, strata::seed{1});
#ifdef STRATA_BROKEN
    strata::trainer trainer{net, strata::mean_squared_error{}, strata::sgd{.rate = 0.1f}};
#else
    strata::trainer trainer{net, strata::cross_entropy{}, strata::sgd{.rate = 0.1f}};
#endif
    trainer.fit(fitted_on, held_out, {.epochs = 3});
    return trainer.evaluate(images).loss;
}
// [/snippet]
