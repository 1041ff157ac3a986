#include "laws/operation_laws.hpp"

#include <strata/losses.hpp>
#include <strata/train/trainer.hpp>

using namespace strata_tests;

namespace {
struct alone : strata::network<strata::image<2, 1, 3>, strata::pass> {};
struct pixels : strata::network<strata::image<2, 3, 4>, strata::conv<5, 2>> {};
struct many : strata::network<strata::image<2, 3, 4>, strata::conv<19, 2>> {};
struct signals : strata::network<strata::time_series<2, 7>, strata::conv1d<3, 2>> {};
struct words : strata::network<strata::vectors<4, 3>, strata::dense<5>> {};
struct flat : strata::network<strata::features<4>, strata::dense<3>> {};
} // namespace

TEST_CASE("weighted_cross_entropy by hand") {
    strata::model<alone, strata::cpu, strata::fp64> net;
    strata::trainer trainer{net, strata::weighted_cross_entropy{}, strata::sgd{}};
    // Shares of 3/4, 1/4 and 1/2 of class 0. The weights 2, 5 and 0 count over three positions.
    const std::vector<double> x{std::log(3.0), 0, 7, 0, std::log(3.0), 7};
    const double loss = trainer.step(x, std::vector<double>{0, 1, 1, 2, 5, 0});
    CHECK(std::abs(loss - (2 + 5) * -std::log(0.75) / 3) < 1e-15);
    // A negative class leaves its position out, whatever its weight.
    const double left_out = trainer.step(x, std::vector<double>{0, -1, 1, 2, 5, 1});
    CHECK(std::abs(left_out - (2 * -std::log(0.75) + std::log(2.0)) / 3) < 1e-15);
    CHECK_THROWS_AS(trainer.step(x, std::vector<double>{0, 2, 1, 1, 1, 1}), strata::error); // class 2 of 0 and 1
}

TEST_CASE("weighted_cross_entropy keeps the laws of operations") {
    check_loss<strata::weighted_cross_entropy, pixels, many, signals, words, flat>();
}
