// A split that keeps the shares of classes, of a data set whose targets are values.
// expect: strata: stratified_split was given a data set whose targets are values, and it keeps the shares of classes. Use data::split.
// expect-types: strata: stratified_split was given a data set whose targets are values, and it keeps the shares of classes. Use data::split.
#include <strata/data.hpp>
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<2>, strata::dense<16>, strata::relu, strata::dense<1>> {};

double train(strata::model<mlp>& net, const strata::data::in_memory<strata::data::values>& houses) {
    strata::trainer trainer{net, strata::mean_squared_error{}, strata::adam{}};
#ifdef STRATA_BROKEN
    const auto [fitted_on, held_out] = strata::data::stratified_split(houses, 0.9, strata::seed{1});
#else
    const auto [fitted_on, held_out] = strata::data::split(houses, 0.9, strata::seed{1});
#endif
    trainer.fit(fitted_on, held_out, {.epochs = 3});
    return trainer.evaluate(held_out).loss;
}
// [/snippet]
