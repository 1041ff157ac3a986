#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/vision.hpp>

using namespace strata_tests;

namespace {
struct alone : strata::network<strata::image<2, 1, 2>, strata::prelu> {};
struct with_one_slope : strata::network<strata::image<2, 1, 2>, strata::prelu_shared> {};
/// Channels of a register and a bit, which cpu has last; flat values; signals; sequences; four registers and a bit.
struct between
    : strata::network<strata::image<2, 3, 4>, strata::conv<17, 2>, strata::prelu, strata::conv<3, 1>,
                      strata::prelu_shared, strata::flatten, strata::dense<19>, strata::prelu, strata::dense<2>> {};
struct of_times : strata::network<strata::time_series<3, 7>, strata::prelu, strata::conv1d<5, 2>, strata::prelu> {};
struct of_positions
    : strata::network<strata::vectors<4, 3>, strata::dense<70>, strata::prelu, strata::dense<2>, strata::prelu_shared> {
};
struct one_channel : strata::network<strata::image<1, 5, 4>, strata::conv<1, 2>, strata::prelu> {};
} // namespace

TEST_CASE("prelu by hand: a slope for each channel, or one for all, which start at 0.25") {
    strata::model<alone, strata::reference, strata::fp64> net;
    CHECK(net(std::vector<double>{-4, 4, -8, 0}) == std::vector<double>{-1, 4, -2, 0});
    net.set("0.weight", std::vector<double>{0.5, -1});
    CHECK(net(std::vector<double>{-4, 4, -8, 0}) == std::vector<double>{-2, 4, 8, 0});
    strata::model<with_one_slope> fast;
    CHECK(fast(std::vector<float>{-4, 4, -8, 0}) == std::vector<float>{-1, 4, -2, 0});
    STATIC_REQUIRE(strata::parameter_count<alone> == 2);
    STATIC_REQUIRE(strata::parameter_count<with_one_slope> == 1);
    STATIC_REQUIRE(strata::parameter_count<of_positions> == 4 * 70 + 70 + 70 * 2 + 2 + 1);
}

TEST_CASE("prelu by hand: its gradients, at 0 that of what is below") {
    host_run<train_plan<alone, weighted_sum, strata::reference>, strata::reference> r(1);
    r.write(0, {0.5, -1});
    r.input = {-4, 4, -8, 0};
    r.target = {1, 10, 100, 1000}; // what the loss weighs the result with
    r.run();
    CHECK(r.input_gradient() == std::vector<double>{0.5, 10, -100, -1000});
    CHECK(r.gradient(0) == std::vector<double>{-4, -800});
}

TEST_CASE("prelu keeps the laws") { check_laws<between, of_times, of_positions, one_channel>(); }
