#include "catch.hpp"
#include "metric_samples.hpp"
#include <strata/train/metrics/mean_squared.hpp>

using namespace strata_tests;
using strata::mean_squared;

TEST_CASE("mean_squared by hand", "[train]") {
    // per sample (1 + 9) / 2 = 5, 0 and (0 + 2) / 2 = 1; mean 2, s² = (9 + 4 + 1) / 2 = 7
    const auto m = collected<mean_squared>({{{1, -2}, {2, 1}}, {{5, 5}, {5, 5}}, {{1, 1}, {1, 1 + std::sqrt(2.0)}}});
    CHECK(m.value() == Approx(2).epsilon(1e-15)); // the root of 2 is rounded
    CHECK(m.standard_error() == Approx(std::sqrt(7.0 / 3)).epsilon(1e-14));
}

TEST_CASE("mean_squared: a large mean does not drown the standard error", "[train]") {
    // 1e8 + {0, 1, 2}: s² = 1. By sums of squares, 1e16 each, all digits would be lost.
    mean_squared m;
    for (const double x : {1e8, 1e8 + 1, 1e8 + 2}) {
        const double output[] = {std::sqrt(x)}, target[] = {0};
        m.add(output, target, 1);
    }
    // The roots' squares are off by 1e8 · 2^-52 = 2e-8 each.
    CHECK(m.standard_error() == Approx(1 / std::sqrt(3.0)).epsilon(1e-7));
}

TEST_CASE("mean_squared: NaN shows", "[train]") {
    CHECK(std::isnan(collected<mean_squared>({{{1}, {4}}, {{not_a_number}, {0}}, {{1}, {1}}}).value()));
    CHECK(std::isnan(collected<mean_squared>({{{}, {}}}).value()));
}
