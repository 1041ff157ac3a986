// A metric that was not measured.
// expect: strata: the trainer of this evaluation does not measure the requested metric. Pass it to the trainer, after the optimiser: strata::trainer{net, strata::cross_entropy{}, strata::adam{}, strata::accuracy{}, strata::top_k<5>{}}.
// expect-types: strata: the trainer of this evaluation does not measure the requested metric. Pass it to the trainer, after the optimiser: strata::trainer{net, strata::cross_entropy{}, strata::adam{}, strata::accuracy{}, strata::top_k<5>{}}.
#include <strata/metrics.hpp>
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

double train(strata::model<mlp>& net, const strata::data::in_memory<>& images) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
#else
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}, strata::top_k<5>{}};
#endif
    trainer.fit(images, {.epochs = 3});
    return trainer.evaluate(images).get<strata::top_k<5>>().value();
}
// [/snippet]
