// A trainer whose layers are all frozen.
// expect: strata: every layer with parameters is frozen: there is nothing to train. Leave at least one of them out of frozen<...>.
// expect-types: strata: every layer with parameters is frozen: there is nothing to train. Leave at least one of them out of frozen<...>.
#include <strata/strata.hpp>
#include <strata/train/parameters/frozen.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
    strata::named<"backbone", strata::conv<8, 5>, strata::relu, strata::max_pool<2>>,
    strata::flatten,
    strata::named<"head", strata::dense<10>>> {};

double train(strata::model<net>& model, const strata::data::in_memory<strata::data::class_index>& images) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}, strata::frozen<"backbone", "head">{}};
#else
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}, strata::frozen<"backbone">{}};
#endif
    trainer.fit(images, {.epochs = 3});
    return trainer.evaluate(images).loss;
}
// [/snippet]
