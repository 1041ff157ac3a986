#include "catch.hpp"
#include "metric_samples.hpp"
#include <algorithm>
#include <strata/train/metrics/accuracy.hpp>
#include <strata/train/metrics/top_k.hpp>

using namespace strata_tests;

namespace {
template <int K, int N>
constexpr bool among(const double (&output)[N], const double (&target)[N]) {
    return strata::top_k<K>::correct(output, target, N);
}
} // namespace

TEST_CASE("top_k: the target's place is among the K largest outputs", "[train]") {
    CHECK(among<2>({0.1, 0.7, 0.2}, {0, 1, 0}));
    CHECK(among<2>({0.1, 0.7, 0.2}, {0, 0, 1}));
    CHECK_FALSE(among<2>({0.1, 0.7, 0.2}, {1, 0, 0}));
    CHECK(among<3>({0.1, 0.7, 0.2}, {1, 0, 0}));
    CHECK(among<9>({0.1, 0.7, 0.2}, {1, 0, 0})); // more than there are
    static_assert(among<1>({1, 2}, {0.2, 0.8}));
}

TEST_CASE("top_k: a tie goes to the lowest index", "[train]") {
    CHECK(among<2>({5, 5, 5}, {1, 0, 0}));
    CHECK(among<2>({5, 5, 5}, {0, 1, 0}));
    CHECK_FALSE(among<2>({5, 5, 5}, {0, 0, 1}));
    CHECK(among<2>({5, 9, 5}, {1, 0, 0}));
    CHECK_FALSE(among<2>({5, 9, 5}, {0, 0, 1}));
}

TEST_CASE("top_k: what is not a number is never correct", "[train]") {
    CHECK_FALSE(among<3>({not_a_number, 1, 2}, {0, 0, 1}));
    CHECK_FALSE(among<3>({0, 1, not_a_number}, {1, 0, 0}));
    CHECK_FALSE(among<3>({0, 1, 2}, {0, not_a_number, 1}));
    CHECK_FALSE(strata::top_k<3>::correct<float>(nullptr, nullptr, 0));
}

TEST_CASE("top_k: against sorting; one is accuracy", "[train]") {
    dice roll(3);
    int right = 0;
    for (int trial = 0; trial < 500; ++trial) {
        double output[6], target[6] = {};
        for (double& x : output) x = roll(4); // with ties
        const int place = roll(6);
        target[place] = 1;
        int order[] = {0, 1, 2, 3, 4, 5};
        std::stable_sort(order, order + 6, [&](int a, int b) { return output[a] > output[b]; });
        const bool expected = std::find(order, order + 3, place) != order + 3;
        right += expected;
        CHECK(among<3>(output, target) == expected);
        CHECK(among<1>(output, target) == strata::accuracy::correct(output, target, 6));
    }
    CHECK(right > 200); // both answers occurred
    CHECK(right < 300);
}

TEST_CASE("top_k: the share and its binomial standard error", "[train]") {
    const auto m = collected<strata::top_k<2>>(
        {{{3, 2, 1}, {1, 0, 0}}, {{3, 2, 1}, {0, 1, 0}}, {{3, 2, 1}, {0, 0, 1}}, {{3, 2, 1}, {0, 1, 0}}});
    CHECK(m.value() == 0.75);
    CHECK(m.standard_error() == Approx(0.21650635094610965).epsilon(1e-15)); // sqrt(3/4 · 1/4 / 4)
}
