// A metric for two classes, with a network for three.
// expect: strata: a two-class metric, such as roc_auc, was given to a trainer whose network has more than two outputs. End the network with dense<1> and use binary_cross_entropy, or with dense<2> and cross_entropy, or use a multi-class metric, such as macro_f1.
// expect-types: strata: a two-class metric, such as roc_auc, was given to a trainer whose network has more than two outputs. End the network with dense<1> and use binary_cross_entropy, or with dense<2> and cross_entropy, or use a multi-class metric, such as macro_f1.
#include <strata/metrics.hpp>
#include <strata/strata.hpp>

// [snippet]
struct iris : strata::network<strata::features<4>, strata::dense<8>, strata::relu, strata::dense<3>> {};

double train(strata::model<iris>& net, const strata::data::in_memory<strata::data::class_index>& flowers) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}, strata::roc_auc{}};
#else
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}, strata::macro_f1<3>{}};
#endif
    trainer.fit(flowers, {.epochs = 3});
    return trainer.evaluate(flowers).metric;
}
// [/snippet]
