#include "catch.hpp"
#include <limits>
#include <strata/train/metrics/accuracy.hpp>
#include <string>

namespace {
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

template <int N>
constexpr bool correct(const float (&output)[N], const float (&target)[N]) {
    return strata::accuracy::correct(output, target, N);
}
} // namespace

TEST_CASE("accuracy: the largest output stands where the target does", "[train]") {
    CHECK(correct({0.1F, 0.7F, 0.2F}, {0, 1, 0}));
    CHECK_FALSE(correct({0.1F, 0.7F, 0.2F}, {0, 0, 1}));
    CHECK(correct({-3, -1, -2}, {0, 1, 0})); // logits, not probabilities
    CHECK(correct({0, 0, 5}, {0.2F, 0.3F, 0.5F}));
    CHECK(correct({-infinity, infinity}, {0, 1}));
    CHECK(correct({-infinity}, {1}));
    static_assert(correct({1, 2}, {0, 1}));
    CHECK(std::string{strata::accuracy::name} == "accuracy");
    const double output[] = {1, 2}, target[] = {0, 1};
    CHECK(strata::accuracy::correct(output, target, 2));
}

TEST_CASE("accuracy: a tie goes to the lowest index", "[train]") {
    CHECK(correct({0.5F, 0.5F}, {1, 0}));
    CHECK_FALSE(correct({0.5F, 0.5F}, {0, 1}));
    CHECK(correct({1, 2, 2, 2}, {0, 1, 0, 0}));
}

TEST_CASE("accuracy: what is not a number is never correct", "[train]") {
    CHECK_FALSE(correct({not_a_number, 0, 0}, {1, 0, 0}));
    CHECK_FALSE(correct({not_a_number, 5, 0}, {0, 1, 0}));
    CHECK_FALSE(correct({5, 0, not_a_number}, {1, 0, 0}));
    CHECK_FALSE(correct({not_a_number, not_a_number}, {1, 0}));
    CHECK_FALSE(correct({not_a_number, not_a_number}, {not_a_number, not_a_number}));
    CHECK_FALSE(correct({1, 0}, {not_a_number, 0}));
    CHECK_FALSE(strata::accuracy::correct<float>(nullptr, nullptr, 0));
}

TEST_CASE("accuracy: the share of the samples added, with its binomial standard error", "[train]") {
    strata::accuracy a;
    const float output[] = {1, 3, 2}, right[] = {0, 1, 0}, wrong[] = {1, 0, 0};
    for (int i = 0; i < 3; ++i) a.add(output, right, 3);
    CHECK(a.value() == 1);
    CHECK(a.standard_error() == 0);
    a.add(output, wrong, 3);
    CHECK(a.value() == 0.75);
    CHECK(a.standard_error() == Approx(0.21650635094610965).epsilon(1e-15)); // sqrt(3/4 · 1/4 / 4)
    const float broken[] = {1, not_a_number, 2};
    a.add(broken, right, 3); // counts, as wrong
    CHECK(a.value() == 0.6);
}
