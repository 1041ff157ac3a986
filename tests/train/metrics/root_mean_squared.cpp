#include "catch.hpp"
#include "metric_samples.hpp"
#include <strata/train/metrics/root_mean_squared.hpp>

using namespace strata_tests;
using strata::root_mean_squared;

TEST_CASE("root_mean_squared by hand: the root of the mean, not the mean of roots", "[train]") {
    // squares 1, 49, 25 and 25: mean 25, s² = (576 + 576) / 3 = 384, standard error sqrt(384 / 4)
    const auto m = collected<root_mean_squared>({{{1}, {0}}, {{0}, {7}}, {{5}, {0}}, {{-5}, {0}}});
    CHECK(m.value() == 5);
    CHECK(m.standard_error() == Approx(std::sqrt(96.0) / 10).epsilon(1e-15));
}

TEST_CASE("root_mean_squared: of no error at all it has no standard error; NaN shows", "[train]") {
    const auto exact = collected<root_mean_squared>({{{1}, {1}}, {{2}, {2}}});
    CHECK(exact.value() == 0);
    CHECK(std::isnan(exact.standard_error()));
    CHECK(std::isnan(collected<root_mean_squared>({{{1}, {not_a_number}}, {{2}, {2}}}).value()));
}
