/// pad and crop.
#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/vision.hpp>

using namespace strata_tests;

namespace {
struct alone : strata::network<strata::image<1, 2, 2>, strata::pad<strata::sides(1, 0, 0, 2)>> {};
struct part : strata::network<strata::image<1, 3, 4>, strata::crop<1, 2, 2, 2>> {};
struct around_and_back
    : strata::network<strata::image<2, 3, 2>, strata::pad<strata::sides(1, 2, 3, 4)>, strata::crop<1, 3, 3, 2>> {};
/// Channels of a register and a bit, between convolutions, so that cpu has them last; and the sample itself.
struct between : strata::network<strata::image<2, 3, 2>, strata::conv<17, 2>, strata::pad<strata::sides(2, 1)>,
                                 strata::crop<1, 0, 3, 2>, strata::conv<2, 1>, strata::pad<1>> {};
struct of_the_sample : strata::network<strata::image<3, 2, 4>, strata::pad<2>, strata::sigmoid> {};
struct crop_of_the_sample : strata::network<strata::image<3, 4, 4>, strata::crop<0, 1, 3, 2>, strata::sigmoid> {};
struct of_a_signal : strata::network<strata::time_series<3, 5>, strata::conv1d<9, 2>, strata::pad1d<2, 1>,
                                     strata::crop1d<1, 4>, strata::tanh_activation> {};
struct nothing_to_do : strata::network<strata::image<2, 3, 4>, strata::pad<0>, strata::crop<0, 0, 3, 4>> {};
} // namespace

TEST_CASE("pad by hand: what PyTorch's ZeroPad2d((0, 2, 1, 0)) gives") {
    const strata::model<alone, strata::reference, strata::fp64> net;
    CHECK(net(std::vector<double>{1, 2, 3, 4}) == std::vector<double>{0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0});
    STATIC_REQUIRE(strata::output_shape<between> == strata::shape(2, 5, 4));
    STATIC_REQUIRE(strata::output_shape<of_a_signal> == strata::shape::signal(9, 4));
}

TEST_CASE("crop by hand") {
    const strata::model<part> net;
    CHECK(net(std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}) == std::vector<float>{7, 8, 11, 12});
    const strata::model<around_and_back> same;
    const std::vector<float> x{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    CHECK(same(x) == x);
}

TEST_CASE("pad by nothing, and the crop of all, add no operation") {
    STATIC_REQUIRE(inference_plan<nothing_to_do, strata::reference>::steps == 1); // the copy of the result
}

TEST_CASE("pad and crop keep the laws") {
    check_laws<around_and_back, between, of_the_sample, crop_of_the_sample, of_a_signal>();
}
