// Gradients of a temporary model.
// expect: strata: gradients need a model that outlives them, but were given a temporary. Give the model a name.
// expect-types: strata: gradients need a model that outlives them, but were given a temporary. Give the model a name.
#include <strata/gradients.hpp>
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};
strata::model<mlp> trained();

double loss_of(const std::vector<float>& samples, const std::vector<float>& targets) {
#ifdef STRATA_BROKEN
    auto step = strata::gradients<strata::wrt<strata::parameters>>(trained(), strata::cross_entropy{});
#else
    strata::model<mlp> net = trained();
    auto step = strata::gradients<strata::wrt<strata::parameters>>(net, strata::cross_entropy{});
#endif
    return step(samples, targets);
}
// [/snippet]
