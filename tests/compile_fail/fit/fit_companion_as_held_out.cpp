// A companion in the place of the held-out data.
// expect: strata: fit was given a companion, such as early_stopping, where its data or its options go. It takes the training data, the held-out data if there are any, the options, and then companions: trainer.fit(train, held_out, {.epochs = 10}, strata::early_stopping{}).
// expect-types: strata: fit was given a companion, such as early_stopping, where its data or its options go. It takes the training data, the held-out data if there are any, the options, and then companions: trainer.fit(train, held_out, {.epochs = 10}, strata::early_stopping{}).
#include <strata/strata.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/companions/early_stopping.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

void train(strata::model<mlp>& net, const strata::data::in_memory<>& images, const strata::data::in_memory<>& others) {
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
#ifdef STRATA_BROKEN
    trainer.fit(images, strata::early_stopping{.patience = 3}, {.epochs = 9});
#else
    trainer.fit(images, others, {.epochs = 9}, strata::early_stopping{.patience = 3});
#endif
}
// [/snippet]
