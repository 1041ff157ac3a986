// Half precision and the two formats of 8 bits: every one of their numbers, and rounding to them.
#include "catch.hpp"
#include <cmath>
#include <strata/io/tensors/round_small.hpp>
#include <strata/io/tensors/small_float.hpp>

namespace io = strata::io;

namespace {

/// The number that sign, exponent and fraction say, by the formats' definition.
double defined(unsigned bits, int exponent_bits, int fraction_bits) {
    const int exponent = static_cast<int>(bits >> fraction_bits) & ((1 << exponent_bits) - 1);
    const int fraction = static_cast<int>(bits) & ((1 << fraction_bits) - 1), bias = (1 << (exponent_bits - 1)) - 1;
    const double size = exponent == 0 ? std::ldexp(fraction, 1 - bias - fraction_bits)
                                      : std::ldexp((1 << fraction_bits) + fraction, exponent - bias - fraction_bits);
    return bits >> (exponent_bits + fraction_bits) != 0 ? -size : size;
}
bool same(double a, double b) { return a == b && std::signbit(a) == std::signbit(b); }

static_assert(io::half_of(1) == 0x3c00 && io::half_of(-2) == 0xc000 && io::half_of(65504) == 0x7bff);
static_assert(io::half_of(65519.999) == 0x7bff && io::half_of(65520) == 0x7c00); // half a step beyond the largest
static_assert(io::half_of(0x1p-25) == 0 && io::half_of(0x1.000001p-25) == 1);    // half of the least, and a bit more
static_assert(io::half_of(-0.0) == 0x8000 && io::half_of(0x1p-1074) == 0 && io::half_of(1e300) == 0x7c00);
static_assert(io::half_of(1 + 0x1p-11) == 0x3c00 && io::half_of(1 + 3 * 0x1p-11) == 0x3c02); // ties go to the even
static_assert(io::half_of(1 + 0x1p-11 + 0x1p-40) == 0x3c01); // by way of a float it would be 1
static_assert(io::brain_of(1) == 0x3f80 && io::brain_of(0x1p-133) == 1 && io::brain_of(1e39) == 0x7f80);

} // namespace

TEST_CASE("every number of the small formats is the one that its bits say", "[small_float]") {
    int wrong = 0;
    for (unsigned b = 0; b < 65536; ++b) {
        const auto bits = static_cast<std::uint16_t>(b);
        const float half = io::float_of_half(bits), brain = io::float_of_brain(bits);
        if ((b >> 10 & 31) == 31) wrong += !((b & 0x3ff) != 0 ? std::isnan(half) : std::isinf(half));
        else wrong += !same(half, defined(b, 5, 10));
        if ((b >> 7 & 255) == 255) wrong += !((b & 0x7f) != 0 ? std::isnan(brain) : std::isinf(brain));
        else wrong += !same(brain, defined(b, 8, 7));
    }
    for (unsigned b = 0; b < 256; ++b) {
        const auto bits = static_cast<std::uint8_t>(b);
        const float wide = io::float_of_e5m2(bits), narrow = io::float_of_e4m3(bits);
        if ((b >> 2 & 31) == 31) wrong += !((b & 3) != 0 ? std::isnan(wide) : std::isinf(wide));
        else wrong += !same(wide, defined(b, 5, 2));
        wrong += !((b & 0x7f) == 0x7f ? std::isnan(narrow) : same(narrow, defined(b, 4, 3)));
    }
    CHECK(wrong == 0);
    CHECK(io::float_of_e4m3(0x7e) == 448); // the largest, from the paper
    CHECK(io::float_of_e5m2(0x7b) == 57344);
}

TEST_CASE("a number of a small format is rounded to itself, and a NaN stays one", "[small_float]") {
    int wrong = 0;
    for (unsigned b = 0; b < 65536; ++b) {
        const auto bits = static_cast<std::uint16_t>(b);
        const float half = io::float_of_half(bits), brain = io::float_of_brain(bits);
        wrong += std::isnan(half) ? !std::isnan(io::float_of_half(io::half_of(half))) : io::half_of(half) != bits;
        wrong += std::isnan(brain) ? !std::isnan(io::float_of_brain(io::brain_of(brain))) : io::brain_of(brain) != bits;
    }
    CHECK(wrong == 0);
}

TEST_CASE("what lies between two numbers goes to the nearer, at the middle to the even one", "[small_float]") {
    int wrong = 0;
    const auto check = [&](auto round, auto wide, unsigned infinity) {
        for (unsigned b = 0; b + 1 < infinity; ++b) {
            const auto low = static_cast<std::uint16_t>(b), high = static_cast<std::uint16_t>(b + 1);
            const double middle = (static_cast<double>(wide(low)) + static_cast<double>(wide(high))) / 2; // exact
            wrong += round(middle) != (b % 2 == 0 ? low : high);
            wrong += round(std::nextafter(middle, 0.0)) != low;
            wrong += round(std::nextafter(middle, 1e300)) != high;
            wrong += round(-middle) != ((b % 2 == 0 ? low : high) | 0x8000);
        }
    };
    check(io::half_of, io::float_of_half, 0x7c00);
    check(io::brain_of, io::float_of_brain, 0x7f80);
    CHECK(wrong == 0);
}
