#include "catch.hpp"
#include "metric_samples.hpp"
#include <strata/train/metrics/counts/binary_accuracy.hpp>

using namespace strata_tests;
using strata::binary_accuracy;

TEST_CASE("binary_accuracy: logits above 0 say yes", "[train]") {
    CHECK(binary_accuracy::correct(0.1, 1.0));
    CHECK(binary_accuracy::correct(-0.1, 0.0));
    CHECK_FALSE(binary_accuracy::correct(0.1, 0.0));
    CHECK_FALSE(binary_accuracy::correct(-0.1, 1.0));
    CHECK(binary_accuracy::correct(infinite, 0.75));
    CHECK(binary_accuracy::correct(0.0, 0.0)); // on the threshold: no
    CHECK_FALSE(binary_accuracy::correct(0.0, 1.0));
    CHECK(binary_accuracy::correct(-1.0, 0.5));
    CHECK_FALSE(binary_accuracy::correct(1.0, 0.5));
}

TEST_CASE("binary_accuracy: what is not a number is never correct", "[train]") {
    CHECK_FALSE(binary_accuracy::correct(not_a_number, 0.0));
    CHECK_FALSE(binary_accuracy::correct(not_a_number, 1.0));
    CHECK_FALSE(binary_accuracy::correct(-1.0, not_a_number));
    CHECK_FALSE(binary_accuracy::correct(1.0, not_a_number));
}

TEST_CASE("binary_accuracy: one decision a sample", "[train]") {
    const auto m = collected<binary_accuracy>(decisions(3, 1, 1, 3));
    CHECK(m.value() == 0.75);
    CHECK(m.standard_error() == Approx(0.15309310892394862).epsilon(1e-15)); // sqrt(3/4 · 1/4 / 8)
}

TEST_CASE("binary_accuracy: several decisions a sample", "[train]") {
    // shares 1, 1/2 and 0: mean 1/2, s² = (1/4 + 0 + 1/4) / 2 = 1/4
    const auto m = collected<binary_accuracy>({{{1, -1}, {1, 0}}, {{1, 1}, {1, 0}}, {{-1, 1}, {1, 0}}});
    CHECK(m.value() == 0.5);
    CHECK(m.standard_error() == Approx(0.5 / std::sqrt(3.0)).epsilon(1e-15));
    CHECK(collected<binary_accuracy>({{{1}, {1}}, {{}, {}}}).value() == 0.5); // without elements: wrong
}
