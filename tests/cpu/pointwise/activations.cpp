/// The activations over registers, against their functions in double: four million floats of all there are. Values in
/// units in the last place, derivatives, which pass through 0, in units of 2⁻²⁴.
#include "catch.hpp"

#include <strata/cpu/cpu.hpp>
#include <strata/layers.hpp>

#include <cmath>
#include <cstdint>
#include <cstring>

using namespace strata;
using arch = cpu::instruction_set;
using floats = on_cpu::vec<float, arch>;
constexpr int lanes = on_cpu::lanes_of<float, arch>;

namespace {

/// The distance of neighbouring floats at x. Below 2⁻¹⁰⁴ a float's own function of an exponential may be a zero.
double last_place(double x) {
    int exponent = 0;
    std::frexp(std::fmin(std::fmax(std::fabs(x), 0x1p-104), 0x1.fffffep127), &exponent);
    return std::ldexp(1.0, exponent - 24);
}

template <class F, class V>
V derivative(V x, [[maybe_unused]] V y) {
    if constexpr (requires { F::df_of_output(x); }) return F::df_of_output(y);
    else return F::df(x);
}

template <class F>
void check_accuracy(double units_of_value, double units_of_derivative) {
    constexpr std::uint64_t step = 1009;
    constexpr double largest = 0x1.fffffep127; // selu of more than 3.2e38 is infinite
    double value = 0, slope = 0;
    int hidden = 0;
    alignas(64) float x[lanes], y[lanes], d[lanes];
    for (std::uint64_t bits = 0; bits < std::uint64_t{1} << 32; bits += step * lanes) {
        for (int i = 0; i < lanes; ++i) {
            const auto each = static_cast<std::uint32_t>(bits + step * static_cast<std::uint64_t>(i));
            std::memcpy(x + i, &each, sizeof each);
        }
        const auto in = on_cpu::argument(floats::load_aligned(x));
        const auto out = F::f(in);
        out.numbers().store_aligned(y);
        derivative<F>(in, out).numbers().store_aligned(d);
        for (int i = 0; i < lanes; ++i) {
            const auto exact = static_cast<double>(x[i]);
            if (std::isnan(x[i])) {
                hidden += !std::isnan(y[i]);
                continue;
            }
            const double right = F::f(exact), found = static_cast<double>(y[i]);
            const double error = std::fabs(right) > largest ? (std::isinf(y[i]) ? 0 : HUGE_VAL)
                                                            : std::fabs(found - right) / last_place(right);
            if (!(error <= value)) value = std::isnan(error) ? HUGE_VAL : error;
            const double error_of_slope = std::fabs(static_cast<double>(d[i]) - derivative<F>(exact, right)) * 0x1p24;
            if (!(error_of_slope <= slope)) slope = std::isnan(error_of_slope) ? HUGE_VAL : error_of_slope;
        }
    }
    CHECK(hidden == 0);
    CHECK(value <= units_of_value);
    CHECK(slope <= units_of_derivative);
}

} // namespace

// The bars are what the formulas lose: a rounding for each operation, and far below 0, where gelu is exp(−x² / 2) and
// gelu_tanh exp(0.07 x³), half a unit of the exponent, which is up to 90.
TEST_CASE("elu, selu and mish: four million floats of all are within the bars") {
    check_accuracy<elu_function<1>>(1.5, 1);
    check_accuracy<elu_function<0.3>>(2.5, 1);
    check_accuracy<selu_function>(2.5, 3);
    check_accuracy<mish_function>(4, 5);
}
TEST_CASE("gelu, gelu_tanh and silu: four million floats of all are within the bars") {
    check_accuracy<gelu_function>(180, 4);
    check_accuracy<gelu_tanh_function>(180, 5);
    check_accuracy<silu_function>(5, 4);
}
TEST_CASE("hard_swish, hard_sigmoid, relu6 and hard_tanh: four million floats of all are within the bars") {
    check_accuracy<hard_swish_function>(3, 2);
    check_accuracy<hard_sigmoid_function>(1.5, 1);
    check_accuracy<relu6_function>(0, 0);
    check_accuracy<hard_tanh_function>(0, 0);
}
