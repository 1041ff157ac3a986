// Two optimisers.
// expect: strata: a trainer was given two optimisers. To give layers a different rate, use strata::parameter_group<"layer">{.rate_factor = 0.1}.
// expect-types: strata: a trainer was given two optimisers. To give layers a different rate, use strata::parameter_group<"layer">{.rate_factor = 0.1}.
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

double train(strata::model<mlp>& net, const strata::data::in_memory<>& images) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{net, strata::cross_entropy{}, strata::sgd{}, strata::adam{}};
#else
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
#endif
    trainer.fit(images, images, {.epochs = 3});
    return trainer.evaluate(images).metric;
}
// [/snippet]
