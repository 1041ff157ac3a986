#include "catch.hpp"
#include "metric_samples.hpp"
#include <strata/train/metrics/mean_absolute_error.hpp>

using namespace strata_tests;
using strata::mean_absolute_error;

TEST_CASE("mean_absolute_error by hand", "[train]") {
    // per sample (1 + 3) / 2 = 2, 0 and (0 + 8) / 2 = 4; mean 2, s² = (0 + 4 + 4) / 2 = 4
    const auto m = collected<mean_absolute_error>({{{1, -2}, {2, 1}}, {{5, 5}, {5, 5}}, {{0, 8}, {0, 0}}});
    CHECK(m.value() == 2);
    CHECK(m.standard_error() == Approx(2 / std::sqrt(3.0)).epsilon(1e-15));
}

TEST_CASE("mean_absolute_error: one sample has no standard error", "[train]") {
    const auto m = collected<mean_absolute_error>({{{1}, {4}}});
    CHECK(m.value() == 3);
    CHECK(std::isnan(m.standard_error()));
}

TEST_CASE("mean_absolute_error: NaN shows, infinity too", "[train]") {
    CHECK(std::isnan(collected<mean_absolute_error>({{{1}, {4}}, {{not_a_number}, {0}}, {{1}, {1}}}).value()));
    CHECK(std::isnan(collected<mean_absolute_error>({{{1}, {4}}, {{0}, {not_a_number}}}).value()));
    CHECK(std::isnan(collected<mean_absolute_error>({{{}, {}}, {{1}, {1}}}).value()));
    const auto m = collected<mean_absolute_error>({{{-infinite}, {4}}, {{1}, {0}}, {{2}, {0}}});
    CHECK(m.value() == infinite);
    CHECK(std::isnan(m.standard_error()));
}
