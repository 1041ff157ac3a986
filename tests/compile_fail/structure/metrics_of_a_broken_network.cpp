// A broken network that is made, trained and measured in one function: one error, that of the network.
// expect: strata: layer 1 of 2, conv<8, 3>: needs an image [C, H, W], but its input is [784]
// expect-types: network_mistake<strata::core::layer<1, 2>, strata::conv<8, {3, 3}>, strata::core::mistake_kind::input_is_not_an_image
#include <strata/gradients.hpp>
#include <strata/metrics.hpp>
#include <strata/strata.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::features<784>,
#else
    strata::image<1, 28, 28>, strata::conv<4, 3>, strata::relu,
#endif
    strata::conv<8, 3>, strata::relu> {};

double measure(const strata::data::in_memory<strata::data::values>& images, const std::vector<float>& x) {
    strata::model<net> model{strata::seed{1}};
    strata::trainer trainer{model, strata::mean_squared_error{}, strata::adam{}, strata::binary_accuracy{}};
    trainer.fit(images, {.epochs = 2});
    auto step = strata::gradients<strata::wrt<strata::parameters>>(model, strata::mean_squared_error{});
    const auto all = step.gradients().view();
    return trainer.evaluate(images).get<strata::binary_accuracy>().value() + step(x, x) + all[0];
}
// [/snippet]
