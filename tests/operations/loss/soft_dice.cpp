#include "laws/operation_laws.hpp"

#include <strata/losses.hpp>
#include <strata/train/trainer.hpp>

using namespace strata_tests;

namespace {
struct as_it_is : strata::network<strata::image<2, 1, 2>, strata::softmax> {};
struct pixels : strata::network<strata::image<2, 3, 4>, strata::conv<5, 2>> {};
struct with_softmax : strata::network<strata::image<2, 3, 4>, strata::conv<19, 2>, strata::softmax> {};
struct signals : strata::network<strata::time_series<2, 7>, strata::conv1d<3, 2>> {};
struct words : strata::network<strata::vectors<4, 3>, strata::dense<5>> {};
} // namespace

TEST_CASE("soft_dice by hand") {
    strata::model<as_it_is, strata::cpu, strata::fp64> net;
    strata::trainer trainer{net, strata::soft_dice{}, strata::sgd{}};
    // Shares of 3/4 and 1/4 at the first pixel, of 1/2 and 1/2 at the second; classes 0 and 1:
    // (2 · 3/4 + 1) / (5/4 + 1 + 1) and (2 · 1/2 + 1) / (3/4 + 1 + 1)
    const std::vector<double> x{std::log(3.0), 0, 0, 0};
    const double loss = trainer.step(x, std::vector<std::int32_t>{0, 1});
    CHECK(std::abs(loss - (1 - (2.5 / 3.25 + 2 / 2.75) / 2)) < 1e-15);
    // Only the first pixel counts: (2 · 3/4 + 1) / (3/4 + 1 + 1), and 1 / (1/4 + 1)
    const double first = trainer.step(x, std::vector<std::int32_t>{0, -100});
    CHECK(std::abs(first - (1 - (2.5 / 2.75 + 1 / 1.25) / 2)) < 1e-15);
}

TEST_CASE("soft_dice keeps the laws of operations") {
    check_loss<strata::soft_dice<>, pixels, with_softmax, signals, words>();
    check_loss<strata::soft_dice<0.01>, pixels>();
}
