/// The elementary functions of registers of floats, against the double functions of the standard library: a sample of
/// all floats, and under [long] every one of them.
#include "catch.hpp"

#include <strata/base/random/philox_stream.hpp>
#include <strata/cpu/cpu.hpp>
#include <strata/layers/pointwise/sigmoid.hpp>
#include <strata/layers/pointwise/tanh_activation.hpp>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

using namespace strata;
using namespace strata::core;
using arch = cpu::instruction_set;
using floats = on_cpu::vec<float, arch>;
constexpr int lanes = on_cpu::lanes_of<float, arch>;

namespace {

struct exp_function {
    static constexpr double bar = 1.2; // units in the last place
    template <class V>
    static V f(V x) {
        return elementary::exp(x);
    }
};
struct log_function {
    static constexpr double bar = 1;
    template <class V>
    static V f(V x) {
        return elementary::log(x);
    }
};
struct log1p_function {
    static constexpr double bar = 1;
    template <class V>
    static V f(V x) {
        return elementary::log1p(x);
    }
};
struct erf_function {
    static constexpr double bar = 3;
    template <class V>
    static V f(V x) {
        return elementary::erf(x);
    }
};
struct expm1_function {
    static constexpr double bar = 2;
    template <class V>
    static V f(V x) {
        return elementary::expm1(x);
    }
};
struct erfc_function {
    static constexpr double bar = 8;
    template <class V>
    static V f(V x) {
        return elementary::erfc(x);
    }
};
struct bounded_tanh : tanh_function {
    static constexpr double bar = 5;
};
struct bounded_sigmoid : sigmoid_function {
    static constexpr double bar = 4;
};

/// The distance of neighbouring floats at x.
double last_place(double x) {
    if (std::fabs(x) < 0x1p-126) return 0x1p-149;
    int exponent = 0;
    std::frexp(x, &exponent);
    return std::ldexp(1.0, std::min(exponent, 128) - 24);
}
/// Infinity counts as the first number beyond all floats.
double finite(double x) { return std::fmax(-0x1p128, std::fmin(x, 0x1p128)); }

/// Every `step`-th float of all: the worst error in units in the last place. Not-a-number where a number belongs, or
/// the other way round, and a zero of the wrong sign are infinitely wrong.
template <class F>
double worst_error(std::uint64_t step) {
    double worst = 0;
    alignas(64) float x[lanes], y[lanes];
    for (std::uint64_t bits = 0; bits < std::uint64_t{1} << 32; bits += step * lanes) {
        for (int i = 0; i < lanes; ++i) {
            const auto each = static_cast<std::uint32_t>(bits + step * static_cast<std::uint64_t>(i));
            std::memcpy(x + i, &each, sizeof each);
        }
        F::f(floats::load_aligned(x)).store_aligned(y);
        for (int i = 0; i < lanes; ++i) {
            const double right = F::f(static_cast<double>(x[i]));
            double error = std::fabs(finite(static_cast<double>(y[i])) - finite(right)) / last_place(right);
            if (std::isnan(right)) error = std::isnan(y[i]) ? 0 : HUGE_VAL;
            if (right == 0 && std::signbit(right) != std::signbit(y[i])) error = HUGE_VAL;
            if (!(error <= worst)) worst = std::isnan(error) ? HUGE_VAL : error;
        }
    }
    return worst;
}

constexpr std::uint64_t some = 1009; // some four million floats

/// The same of a million doubles, from all and from those of everyday size, against long double.
template <class F>
double worst_error_of_doubles(long double (*right)(long double), double least, double most = 1e308) {
    constexpr int wide = on_cpu::lanes_of<double, arch>;
    double worst = 0;
    alignas(64) double x[wide], y[wide];
    philox_stream random(seed{7}, random_use::shuffle);
    for (int turn = 0; turn < 1 << 20; turn += wide) {
        for (int i = 0; i < wide; ++i) {
            std::uint64_t bits = std::uint64_t{random.bits()} << 32 | random.bits();
            if (turn % 3 == 1) bits &= 0x800fffffffffffff; // a denormal
            std::memcpy(x + i, &bits, sizeof bits);
            if (turn % 3 == 0) x[i] = static_cast<double>(bits) * 0x1p-62 - 2; // [-2, 2)
            if (!(x[i] > least) || x[i] > most) x[i] = 1;
        }
        F::f(on_cpu::vec<double, arch>::load_aligned(x)).store_aligned(y);
        for (int i = 0; i < wide; ++i) {
            const long double exact = right(static_cast<long double>(x[i]));
            int exponent = 0;
            std::frexp(static_cast<double>(exact), &exponent);
            const double place = std::ldexp(1.0, std::max(exponent, -1021) - 53);
            const double error = std::fabs(static_cast<double>(static_cast<long double>(y[i]) - exact)) / place;
            if (!(error <= worst)) worst = std::isnan(error) ? HUGE_VAL : error;
        }
    }
    return worst;
}

template <class F>
float of(float x) {
    return F::f(floats(x)).get(0);
}

} // namespace

TEST_CASE("math: four million floats of all are within the bars") {
    CHECK(worst_error<exp_function>(some) <= exp_function::bar);
    CHECK(worst_error<bounded_tanh>(some) <= bounded_tanh::bar);
    CHECK(worst_error<bounded_sigmoid>(some) <= bounded_sigmoid::bar);
}
TEST_CASE("math: log, log1p and erf of four million floats of all are within the bars") {
    CHECK(worst_error<log_function>(some) <= log_function::bar);
    CHECK(worst_error<log1p_function>(some) <= log1p_function::bar);
    CHECK(worst_error<erf_function>(some) <= erf_function::bar);
}
TEST_CASE("math: expm1 and erfc of four million floats of all are within the bars") {
    CHECK(worst_error<expm1_function>(some) <= expm1_function::bar);
    CHECK(worst_error<erfc_function>(some) <= erfc_function::bar);
}
TEST_CASE("math: expm1 and erfc of a million doubles are within the bars") {
    CHECK(worst_error_of_doubles<expm1_function>([](long double x) { return std::expm1(x); }, -1e308, 700) <= 2);
    CHECK(worst_error_of_doubles<erfc_function>([](long double x) { return std::erfc(x); }, -1e308) <= 5);
}
TEST_CASE("math: expm1 of every float", "[long]") { CHECK(worst_error<expm1_function>(1) <= expm1_function::bar); }
TEST_CASE("math: erfc of every float", "[long]") { CHECK(worst_error<erfc_function>(1) <= erfc_function::bar); }
TEST_CASE("math: log, log1p and erf of a million doubles are within the bars") {
    CHECK(worst_error_of_doubles<log_function>([](long double x) { return std::log(x); }, 0) <= 1);
    CHECK(worst_error_of_doubles<log1p_function>([](long double x) { return std::log1p(x); }, -1) <= 1);
    CHECK(worst_error_of_doubles<erf_function>([](long double x) { return std::erf(x); }, -1e308) <= 2);
}
TEST_CASE("math: log of every float", "[long]") { CHECK(worst_error<log_function>(1) <= log_function::bar); }
TEST_CASE("math: log1p of every float", "[long]") { CHECK(worst_error<log1p_function>(1) <= log1p_function::bar); }
TEST_CASE("math: erf of every float", "[long]") { CHECK(worst_error<erf_function>(1) <= erf_function::bar); }
TEST_CASE("math: exp of every float", "[long]") { CHECK(worst_error<exp_function>(1) <= exp_function::bar); }
TEST_CASE("math: tanh of every float", "[long]") { CHECK(worst_error<bounded_tanh>(1) <= bounded_tanh::bar); }
TEST_CASE("math: logistic function of every float", "[long]") {
    CHECK(worst_error<bounded_sigmoid>(1) <= bounded_sigmoid::bar);
}

TEST_CASE("math: values that are known exactly") {
    constexpr float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    constexpr float most = std::numeric_limits<float>::max(), least = std::numeric_limits<float>::denorm_min();
    CHECK(of<exp_function>(0.0f) == 1);
    CHECK(of<exp_function>(-0.0f) == 1);
    CHECK(of<exp_function>(infinity) == infinity);
    CHECK(of<exp_function>(most) == infinity);
    CHECK(of<exp_function>(-infinity) == 0);
    CHECK(of<exp_function>(-103.9f) == least); // 1.06 of it
    CHECK(of<exp_function>(-104.0f) == 0);
    for (const float x : {9.0f, 1e10f, most, infinity}) {
        CHECK(of<tanh_function>(x) == 1);
        CHECK(of<tanh_function>(-x) == -1);
    }
    for (const float x : {0.0f, least, 0x1p-126f, 0x1.000002p-126f, 0x1p-13f}) { // as x itself is
        CHECK(of<tanh_function>(x) == x);
        CHECK(std::signbit(of<tanh_function>(-x)));
        CHECK(of<tanh_function>(-x) == -x);
    }
    CHECK(of<sigmoid_function>(0.0f) == 0.5f);
    CHECK(of<sigmoid_function>(infinity) == 1);
    CHECK(of<sigmoid_function>(-infinity) == 0);
    CHECK(of<sigmoid_function>(-103.9f) == least);
    CHECK(std::isnan(of<exp_function>(nan)));
    for (const float x : {0.0f, least, 0x1p-126f, 0x1p-60f}) { // as x itself is
        CHECK(of<expm1_function>(x) == x);
        CHECK(std::signbit(of<expm1_function>(-x)));
        CHECK(of<expm1_function>(-x) == -x);
    }
    CHECK(of<expm1_function>(infinity) == infinity);
    CHECK(of<expm1_function>(-infinity) == -1);
    CHECK(std::isnan(of<expm1_function>(nan)));
    CHECK(std::fabs(of<erfc_function>(0.0f) - 1) <= 0x1p-24f);
    CHECK(of<erfc_function>(infinity) == 0);
    CHECK(of<erfc_function>(-infinity) == 2);
    CHECK(std::isnan(of<erfc_function>(nan)));
    CHECK(std::isnan(of<tanh_function>(nan)));
    CHECK(std::isnan(of<sigmoid_function>(nan)));
    CHECK(of<log_function>(1.0f) == 0);
    CHECK(of<log_function>(0.0f) == -infinity);
    CHECK(of<log_function>(infinity) == infinity);
    CHECK(std::isnan(of<log_function>(-1.0f)));
    CHECK(of<log1p_function>(-1.0f) == -infinity);
    CHECK(of<log1p_function>(infinity) == infinity);
    CHECK(std::signbit(of<log1p_function>(-0.0f)));
    CHECK(std::isnan(of<log1p_function>(-2.0f)));
    CHECK(of<erf_function>(infinity) == 1);
    CHECK(of<erf_function>(-infinity) == -1);
    for (const float x : {nan, -nan}) {
        CHECK(std::isnan(of<log_function>(x)));
        CHECK(std::isnan(of<log1p_function>(x)));
        CHECK(std::isnan(of<erf_function>(x)));
    }
}

TEST_CASE("math: a number's result depends neither on its place in a register nor on its neighbours") {
    // each function at every place of runs of every length, ends of registers included, beside numbers of all sizes
    std::vector<float> x;
    for (int i = 0; i < 5 * lanes; ++i) x.push_back(std::ldexp(static_cast<float>(i % 2 == 0 ? i : -i), i % 9 - 4));
    x[3] = std::numeric_limits<float>::infinity(), x[7] = std::numeric_limits<float>::quiet_NaN(), x[11] = 1e-40f;
    const auto misplaced = [&]<class F>(F) {
        int found = 0;
        for (int count = 1; count <= 5 * lanes; ++count) {
            std::vector<float> y(static_cast<std::size_t>(count));
            on_cpu::elementwise_values<F, float, arch>(x.data(), y.data(), count);
            for (int i = 0; i < count; ++i) {
                const float alone = of<F>(x[static_cast<std::size_t>(i)]), there = y[static_cast<std::size_t>(i)];
                found += std::memcmp(&alone, &there, sizeof(float)) != 0 && !(std::isnan(alone) && std::isnan(there));
            }
        }
        return found;
    };
    CHECK(misplaced(exp_function{}) == 0);
    CHECK(misplaced(expm1_function{}) == 0);
    CHECK(misplaced(erfc_function{}) == 0);
    CHECK(misplaced(tanh_function{}) == 0);
    CHECK(misplaced(sigmoid_function{}) == 0);
}
