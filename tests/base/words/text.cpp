/// Numbers in sentences and spellings: what is read back is what was written.
#include "catch.hpp"

#include <strata/base/words/text.hpp>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>

namespace {
constexpr bool reads(double number, const char* expected) {
    strata::text t;
    t.add(number);
    for (int i = 0; i < t.size(); ++i)
        if (expected[i] != t[i]) return false;
    return expected[t.size()] == 0;
}
std::string written(double number) {
    strata::text t;
    t.add(number);
    return {t.begin(), t.end()};
}
} // namespace

// In the compiler, where overflow would be an error: as short as one would write them.
static_assert(reads(0, "0") && reads(0.5, "0.5") && reads(-2.25, "-2.25") && reads(50, "50") && reads(0.01, "0.01"));
static_assert(reads(0.1 + 0.2, "0.30000000000000004") && reads(1.0 / 3, "0.3333333333333333"));
static_assert(reads(1e-8, "1e-8") && reads(1.5e-8, "1.5e-8") && reads(0.000001, "0.000001"));
static_assert(reads(0.99999999, "0.99999999") && reads(123456.789, "123456.789"));
static_assert(reads(1e20, "100000000000000000000") && reads(2.5e30, "2.5e30") && reads(-1e25, "-1e25"));
static_assert(reads(std::numeric_limits<double>::infinity(), "infinity"));
static_assert(!reads(std::numeric_limits<double>::max(), "0")
              && !reads(std::numeric_limits<double>::denorm_min(), "0"));

TEST_CASE("a number of up to fifteen digits is written as it was read", "[base]") {
    std::mt19937_64 random(1);
    for (int digits = 1; digits <= 15; ++digits)
        for (int places = 0; places <= 18; ++places)
            for (int i = 0; i < 20; ++i) {
                const auto limit = static_cast<std::uint64_t>(std::pow(10.0, digits));
                const std::string read = std::to_string(random() % limit) + "e-" + std::to_string(places);
                const double number = std::strtod(read.c_str(), nullptr);
                INFO(read);
                CHECK(std::strtod(written(number).c_str(), nullptr) == number);
                CHECK(written(number).size() <= static_cast<std::size_t>(digits + 8)); // "0.00000" stands before them
            }
}

TEST_CASE("any other number is written to fifteen digits", "[base]") {
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> mantissa(-1, 1);
    for (const double scale : {1e-310, 1e-300, 1e-40, 1e-5, 1.0, 1e9, 1e23, 1.7e308})
        for (int i = 0; i < 500; ++i) {
            const double number = scale * mantissa(random);
            // the margin: numbers so small have fewer digits themselves
            CHECK(std::strtod(written(number).c_str(), nullptr) == Approx(number).epsilon(1e-15).margin(1e-320));
        }
}
