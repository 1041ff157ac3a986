// Gradients of the parameters of a const model.
// expect: strata: gradients with respect to parameters were asked of a const model. A const model runs as in inference, and there only wrt<input> has gradients; give a model that is not const.
// expect-types: strata: gradients with respect to parameters were asked of a const model. A const model runs as in inference, and there only wrt<input> has gradients; give a model that is not const.
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
