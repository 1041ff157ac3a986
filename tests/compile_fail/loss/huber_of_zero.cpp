// A Huber loss that is quadratic nowhere.
// expect: strata: the loss huber<Delta> is quadratic up to a distance of Delta, which must be greater than 0. Use a value such as huber<0.5>, or use l1.
// expect-types: strata: the loss huber<Delta> is quadratic up to a distance of Delta, which must be greater than 0. Use a value such as huber<0.5>, or use l1.
#include <strata/losses.hpp>
#include <strata/strata.hpp>

// [snippet]
struct net : strata::network<strata::features<8>, strata::dense<16>, strata::relu, strata::dense<2>> {};

double train(strata::model<net>& model, const strata::data::in_memory<strata::data::values>& samples) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{model, strata::huber<0>{}, strata::sgd{.rate = 0.1f}};
#else
    strata::trainer trainer{model, strata::huber<0.5>{}, strata::sgd{.rate = 0.1f}};
#endif
    trainer.fit(samples, {.epochs = 3});
    return trainer.evaluate(samples).loss;
}
// [/snippet]
