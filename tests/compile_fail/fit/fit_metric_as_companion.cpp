// A metric behind the options of a fit.
// expect: strata: after its options, fit takes companions, such as strata::early_stopping{} and strata::checkpoints{...}, but was given something else. Data come before the options, and metrics are arguments of the trainer.
// expect-types: strata: after its options, fit takes companions, such as strata::early_stopping{} and strata::checkpoints{...}, but was given something else. Data come before the options, and metrics are arguments of the trainer.
#include <strata/strata.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/companions/early_stopping.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

void train(strata::model<mlp>& net, const strata::data::in_memory<>& images, const strata::data::in_memory<>& others) {
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
#ifdef STRATA_BROKEN
    trainer.fit(images, others, {.epochs = 9}, strata::accuracy{});
#else
    trainer.fit(images, others, {.epochs = 9});
#endif
}
// [/snippet]
