/// What parameters start with: PyTorch's bound, the seed, and the ordinal.
#include "catch.hpp"

#include <algorithm>
#include <cmath>
#include <strata/model/initial_elements.hpp>
#include <vector>

using namespace strata;
using namespace strata::core;

namespace {

parameter_info weight(init start, int ordinal = 0) {
    parameter_info p;
    p.extents = shape(50, 16), p.start = start, p.fan_in = 16, p.ordinal = ordinal;
    return p;
}
std::vector<double> elements(const parameter_info& p, seed s) {
    const block<double> all = detail::initial_elements<double>(p, s);
    return {all.data(), all.data() + all.size()};
}

} // namespace

TEST_CASE("initial_elements: zeros and ones") {
    CHECK(elements(weight(init::zero), seed{1}) == std::vector<double>(800, 0));
    CHECK(elements(weight(init::one), seed{1}) == std::vector<double>(800, 1));
}

TEST_CASE("initial_elements: uniform within 1 / sqrt(fan in)") {
    const std::vector<double> w = elements(weight(init::kaiming), seed{1});
    REQUIRE(w.size() == 800);
    const auto [low, high] = std::minmax_element(w.begin(), w.end());
    CHECK(*low >= -0.25);
    CHECK(*high < 0.25);
    double sum = 0, squares = 0;
    for (const double x : w) sum += x, squares += x * x;
    // of the mean, the standard error is 0.25 / sqrt(3 · 800) = 0.0051; of the mean square 1/48 about 0.00066
    CHECK(std::fabs(sum / 800) < 4 * 0.0051);
    CHECK(std::fabs(squares / 800 - 1.0 / 48) < 4 * 0.00066);
}

TEST_CASE("initial_elements: the normal distribution, a pair from two words of Philox") {
    const std::vector<double> w = elements(weight(init::normal, 2), seed{1});
    const auto words = philox::draw({{0, 0, 0, 5}}, random_key(1, 2));
    for (int pair = 0; pair < 2; ++pair) {
        const double u = (words[2 * pair] + 1.0) / 4294967296.0, v = words[2 * pair + 1] / 4294967296.0;
        const double radius = std::sqrt(-2 * std::log(u)), angle = 2 * std::acos(-1.0) * v;
        CHECK(std::fabs(w[20 + 2 * std::size_t(pair)] - radius * std::cos(angle)) < 1e-13);
        CHECK(std::fabs(w[21 + 2 * std::size_t(pair)] - radius * std::sin(angle)) < 1e-13);
    }
    double sum = 0, squares = 0;
    for (const double x : w) sum += x, squares += x * x;
    CHECK(std::fabs(sum / 800) < 4 / std::sqrt(800.0)); // four standard errors
    CHECK(std::fabs(squares / 800 - 1) < 4 * std::sqrt(2 / 800.0));
    const block<float> floats = detail::initial_elements<float>(weight(init::normal, 2), seed{1});
    for (std::size_t e = 0; e < w.size(); ++e) CHECK(floats.data()[e] == static_cast<float>(w[e]));
    // the farthest that a number can be: the smallest radius word
    CHECK(std::fabs(detail::normal_number(0, 0, false) - 6.66044) < 1e-5);
    CHECK(detail::normal_number(0xFFFFFFFFu, 0, false) == 0);
}

TEST_CASE("initial_elements: the seed and the ordinal alone choose the numbers") {
    const auto w = elements(weight(init::kaiming, 3), seed{1});
    CHECK(elements(weight(init::kaiming, 3), seed{1}) == w);
    CHECK(elements(weight(init::kaiming, 3), seed{2}) != w);
    CHECK(elements(weight(init::kaiming, 4), seed{1}) != w);
    parameter_info smaller = weight(init::kaiming, 3);
    smaller.extents = shape(10, 16);
    CHECK(elements(smaller, seed{1}) == std::vector<double>(w.begin(), w.begin() + 160));
}
