#include "laws/operation_laws.hpp"

#include <strata/losses.hpp>
#include <strata/train/trainer.hpp>

using namespace strata_tests;

namespace {
struct alone : strata::network<strata::features<4>, strata::pass> {};
struct flat : strata::network<strata::features<3>, strata::dense<10>> {};
struct pixels : strata::network<strata::image<2, 3, 2>, strata::conv<6, 2>> {};
struct words : strata::network<strata::vectors<4, 3>, strata::dense<2>> {};
} // namespace

TEST_CASE("kl_divergence by hand") {
    strata::model<alone, strata::cpu, strata::fp64> net;
    strata::trainer trainer{net, strata::kl_divergence{}, strata::sgd{}};
    // means 1 and −2, variances 1 and 4, from the standard normal: − (1 + v − m² − exp(v)) / 2
    const std::vector<double> x{1, -2, 0, std::log(4.0)};
    const double loss = trainer.step(x, std::vector<double>{0, 0, 0, 0});
    CHECK(std::abs(loss - (1 + (4 + 4 - 1 - std::log(4.0))) / 2) < 1e-15 * 8);
    CHECK(trainer.step(x, x) == 0); // from itself
    // from means of 0 and variances of 4: (log 4 + 2 / 4 − 1) / 2 and (8 / 4 − 1) / 2
    const double wide = trainer.step(x, std::vector<double>{0, 0, std::log(4.0), std::log(4.0)});
    CHECK(std::abs(wide - (std::log(4.0) + 0.5 - 1 + 2 - 1) / 2) < 1e-15 * 4);
}

TEST_CASE("gaussian_divergence keeps the laws of operations") {
    check_loss<strata::kl_divergence, flat, pixels, words>();
}
