/// depthwise_conv: what conv with a group for each channel and filter becomes.
#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>

using namespace strata_tests;

namespace {
struct alone : strata::network<strata::image<2, 1, 3>, strata::conv<2, strata::kernel(1, 2), strata::groups<2>>> {};
struct of_one_channel : strata::network<strata::image<1, 3, 3>, strata::conv<1, 3, strata::groups<1>>> {};

template <int Channels, int Kernel, class... Options>
struct depthwise : strata::network<strata::image<Channels, 6, 7>,
                                   strata::conv<Channels, Kernel, strata::groups<Channels>, Options...>, strata::relu> {
};
struct unequal : strata::network<strata::image<3, 5, 8>,
                                 strata::conv<3, strata::kernel(2, 3), strata::groups<3>, strata::stride<2, 3>,
                                              strata::dilation<3, 2>, strata::padding<2, 1>>,
                                 strata::tanh_activation> {};
struct of_a_signal : strata::network<strata::time_series<3, 9>,
                                     strata::conv1d<3, 3, strata::groups<3>, strata::causal, strata::dilation<2>>,
                                     strata::conv1d<3, 4, strata::groups<3>, strata::stride<2>, strata::no_bias>> {};
/// Channels of registers and a bit, between convolutions of 1 x 1, so that cpu has them last.
template <int Channels, int Kernel, class... Options>
struct between : strata::network<strata::image<2, 10, 13>, strata::conv<Channels, 1>, strata::relu,
                                 strata::conv<Channels, Kernel, strata::groups<Channels>, Options...>,
                                 strata::tanh_activation, strata::conv<3, 1>> {};
/// With a batch norm behind, as MobileNet has it, which inference takes in.
template <int Channels, class Activation, class... Options>
struct with_batch_norm
    : strata::network<strata::image<2, 7, 7>, strata::conv<Channels, 1>,
                      strata::conv<Channels, 3, strata::groups<Channels>, strata::no_bias, Options...>,
                      strata::batch_norm, Activation> {};

template <class Net>
bool has_step(strata::core::op kind) {
    using plan = inference_plan<Net, strata::reference>;
    for (int t = 0; t < plan::steps; ++t)
        if (plan::data.steps[t].kind == kind) return true;
    return false;
}
} // namespace

TEST_CASE("depthwise_conv by hand") {
    strata::model<alone, strata::reference, strata::fp64> net;
    net.set("0.weight", std::vector<double>{1, 10, 2, 20});
    net.set("0.bias", std::vector<double>{0.5, 0.25});
    CHECK(net(std::vector<double>{1, 2, 3, 4, 5, 6}) == std::vector<double>{21.5, 32.5, 108.25, 130.25});
    CHECK(has_step<alone>(strata::operations::depthwise_conv::kind));
    CHECK(has_step<of_one_channel>(strata::operations::conv::kind));
}

TEST_CASE("depthwise_conv: weights are read and written in the order of files, whatever the policy") {
    strata::model<depthwise<37, 3>> net{strata::seed{1}};
    const auto numbers = random_numbers<float>(37 * 9, 3);
    net.set("0.weight", numbers);
    CHECK(net.get("0.weight") == numbers);
}

TEST_CASE("depthwise_conv keeps the laws") {
    check_laws<depthwise<3, 3, strata::padding<1>>, depthwise<2, 3, strata::stride<2>, strata::padding<1>>, unequal,
               of_a_signal>();
#if !defined(__CUDACC__)
    // as many channels as registers have; central differences of these would take minutes
    check_laws_of<cpu, between<16, 3, strata::same>, between<41, 3, strata::stride<2>, strata::padding<1>>,
                  between<33, 5, strata::padding<2>>, between<24, 7, strata::padding<3>>>();
    check_laws_of<cpu, between<16, 5, strata::stride<2>, strata::same>,
                  between<16, 3, strata::dilation<2>, strata::same>, between<19, 3, strata::stride<3>>,
                  between<16, 9, strata::padding<4>>>();
#endif
}

TEST_CASE("depthwise_conv takes a batch norm in, in inference") {
    (compare_inference<with_batch_norm<37, strata::relu, strata::padding<1>>>());
    (compare_inference<with_batch_norm<37, strata::tanh_activation, strata::stride<2>>>());
    CHECK_FALSE(has_step<with_batch_norm<5, strata::relu>>(strata::operations::batch_norm_inference::kind));
}
