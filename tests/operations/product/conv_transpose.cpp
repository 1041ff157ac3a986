/// conv_transpose, of images and signals.
#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/vision.hpp>

using namespace strata_tests;

namespace {
struct alone
    : strata::network<strata::image<1, 1, 2>, strata::conv_transpose<1, strata::kernel(1, 3), strata::stride<2>>> {};
struct two_filters : strata::network<strata::image<2, 1, 1>, strata::conv_transpose<2, strata::kernel(2, 1)>> {};
struct longer : strata::network<strata::time_series<1, 3>,
                                strata::conv_transpose1d<1, 2, strata::stride<3>, strata::output_padding<2>>> {};
struct as_long : strata::network<strata::time_series<1, 3>, strata::conv_transpose1d<1, 3, strata::same>> {};
struct twice_as_large
    : strata::network<strata::image<3, 5, 7>, strata::conv_transpose<2, 4, strata::stride<2>, strata::same>> {};

struct plain : strata::network<strata::image<2, 3, 4>, strata::conv_transpose<3, 3>, strata::relu> {};
struct strided
    : strata::network<strata::image<2, 3, 2>,
                      strata::conv_transpose<3, 3, strata::stride<2>, strata::padding<1>, strata::output_padding<1>>,
                      strata::tanh_activation> {};
struct dilated
    : strata::network<strata::image<2, 3, 3>, strata::conv_transpose<2, strata::kernel(2, 3), strata::stride<3, 2>,
                                                                     strata::dilation<2>, strata::no_bias>> {};
struct grouped
    : strata::network<strata::image<4, 3, 2>, strata::conv_transpose<6, 2, strata::stride<2>, strata::groups<2>>> {};
struct one_by_one : strata::network<strata::image<5, 2, 3>, strata::conv_transpose<4, 1>> {};
struct of_a_signal
    : strata::network<strata::time_series<2, 5>, strata::conv_transpose1d<3, 4, strata::stride<2>, strata::padding<1>>,
                      strata::relu, strata::conv_transpose1d<2, 3>> {};
/// Channels of registers and a bit, between convolutions, so that cpu has them last; and a batch norm behind, which is
/// folded in inference.
template <int Channels, class... Options>
struct between
    : strata::network<strata::image<2, 4, 3>, strata::conv<Channels, 2>,
                      strata::conv_transpose<Channels + 1, 3, Options...>, strata::relu, strata::conv<2, 1>> {};
template <class Activation, class... Options>
struct with_batch_norm : strata::network<strata::image<3, 3, 3>, strata::conv_transpose<5, 3, Options...>,
                                         strata::batch_norm, Activation> {};
} // namespace

TEST_CASE("conv_transpose by hand: what PyTorch's ConvTranspose2d gives") {
    strata::model<alone, strata::reference, strata::fp64> net;
    net.set("0.weight", std::vector<double>{1, 10, 100});
    net.set("0.bias", std::vector<double>{0.5});
    CHECK(net(std::vector<double>{2, 3}) == std::vector<double>{2.5, 20.5, 203.5, 30.5, 300.5});
    strata::model<two_filters, strata::reference, strata::fp64> two;
    two.set("0.weight", std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8}); // [channel][filter][row]
    two.set("0.bias", std::vector<double>{0, 1});
    CHECK(two(std::vector<double>{1, 10}) == std::vector<double>{51, 62, 74, 85});
}

TEST_CASE("conv_transpose by hand: output padding, same, and its gradients") {
    strata::model<longer, strata::reference, strata::fp64> net;
    net.set("0.weight", std::vector<double>{1, 10});
    net.set("0.bias", std::vector<double>{0});
    CHECK(net(std::vector<double>{2, 3, 4}) == std::vector<double>{2, 20, 0, 3, 30, 0, 4, 40, 0, 0});
    strata::model<as_long, strata::reference, strata::fp64> same;
    same.set("0.weight", std::vector<double>{1, 10, 100});
    same.set("0.bias", std::vector<double>{0});
    CHECK(same(std::vector<double>{2, 3, 4}) == std::vector<double>{23, 234, 340});
    STATIC_REQUIRE(strata::output_shape<twice_as_large> == strata::shape(2, 10, 14));
    STATIC_REQUIRE(strata::output_shape<strided> == strata::shape(3, 6, 4));
}

TEST_CASE("conv_transpose keeps the laws") {
    check_laws<plain, strided, dilated, grouped, one_by_one, of_a_signal>();
#if !defined(__CUDACC__)
    // as many channels as cpu needs to fill registers; central differences of these would take minutes
    check_laws_of<cpu, between<16>, between<17, strata::stride<2>>, between<33, strata::stride<2>, strata::same>>();
#endif
}

TEST_CASE("conv_transpose takes a batch norm in, in inference") {
    (compare_inference<with_batch_norm<strata::relu>>());
    (compare_inference<with_batch_norm<strata::tanh_activation, strata::stride<2>>>());
    using plan = inference_plan<with_batch_norm<strata::relu, strata::stride<2>>, strata::reference>;
    for (int t = 0; t < plan::steps; ++t)
        CHECK(plan::data.steps[t].kind != strata::operations::batch_norm_inference::kind);
}
