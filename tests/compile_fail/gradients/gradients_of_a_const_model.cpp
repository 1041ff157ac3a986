// Gradients of the parameters of a const model.
// expect: strata: gradients with respect to parameters need a non-const model. A const model runs as in inference, where only wrt<input> has gradients.
// expect-types: strata: gradients with respect to parameters need a non-const model. A const model runs as in inference, where only wrt<input> has gradients.
#include <strata/gradients.hpp>
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<10>> {};

double loss_of(const strata::model<mlp>& net, std::span<const float> images, std::span<const float> targets) {
#ifdef STRATA_BROKEN
    auto step = strata::gradients<strata::wrt<strata::parameters>>(net, strata::cross_entropy{});
#else
    auto step = strata::gradients<strata::wrt<strata::input>>(net, strata::cross_entropy{});
#endif
    return step(images, targets);
}
// [/snippet]
