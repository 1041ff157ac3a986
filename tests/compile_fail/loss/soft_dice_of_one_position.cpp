// A loss of overlaps, of one class per sample.
// expect: strata: the loss soft_dice needs the scores of at least two classes at several positions, [K, H, W], but the network's output is [10]. End it with conv<K, 1> for K classes, or use cross_entropy for one class per sample.
// expect-types: network_mistake<strata::core::the_loss, strata::soft_dice<
// expect-types: strata::core::mistake_kind::target_does_not_fit_the_output, strata::core::got<10>
#include <strata/losses.hpp>
#include <strata/strata.hpp>

struct digits : strata::network<strata::image<1, 8, 8>, strata::flatten, strata::dense<10>> {};

// [snippet]
double step(strata::model<digits>& model, const std::vector<float>& x, const std::vector<float>& t) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{model, strata::soft_dice{}, strata::adam{}};
#else
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}};
#endif
    return trainer.step(x, t);
}
// [/snippet]
