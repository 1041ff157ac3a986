#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>

using namespace strata_tests;

namespace {
struct alone : strata::network<strata::image<2, 2, 2>, strata::upsample<2>> {};
struct unequal : strata::network<strata::image<1, 1, 2>, strata::upsample<2, 3>> {};
/// Channels of a register and a bit, between convolutions, so that cpu has them last; and the sample itself.
struct between : strata::network<strata::image<2, 3, 2>, strata::conv<17, 2>, strata::upsample<2, 3>,
                                 strata::conv<2, 1>, strata::upsample<3>> {};
struct of_the_sample : strata::network<strata::image<3, 2, 4>, strata::upsample<3, 1>, strata::sigmoid> {};
} // namespace

TEST_CASE("upsample by hand: what PyTorch's Upsample(scale_factor=2) gives") {
    const strata::model<alone, strata::reference, strata::fp64> net;
    CHECK(net(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8}) == std::vector<double>{1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4,
                                                                                  4, 3, 3, 4, 4, 5, 5, 6, 6, 5, 5,
                                                                                  6, 6, 7, 7, 8, 8, 7, 7, 8, 8});
    const strata::model<unequal> two_by_three;
    CHECK(two_by_three(std::vector<float>{1, 2}) == std::vector<float>{1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2});
    STATIC_REQUIRE(strata::output_shape<between> == strata::shape(2, 12, 9));
}

TEST_CASE("upsample by hand: its gradient is the sum of the block") {
    host_run<train_plan<unequal, weighted_sum, strata::reference>, strata::reference> r(1);
    r.input = {5, 7};
    r.target = {1, 2, 3, 10, 20, 30, 4, 5, 6, 40, 50, 60}; // what the loss weighs the result with
    r.run();
    CHECK(r.input_gradient() == std::vector<double>{21, 210});
}

TEST_CASE("upsample keeps the laws") { check_laws<between, of_the_sample>(); }
