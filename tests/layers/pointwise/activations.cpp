/// elu, selu, gelu, gelu_tanh, silu, hard_swish, hard_sigmoid, relu6, mish and hard_tanh: numbers and derivatives that
/// PyTorch gives in double, kinks and infinities among them, and the laws of every operation.
#include "laws/operation_laws.hpp"

#include <strata/strata.hpp>

#include <cmath>
#include <limits>
#include <vector>

using namespace strata_tests;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
const std::vector<double> places{-infinity, -1e4, -3, -1, 0, 1, 3, 6, 1e4, infinity};

template <class F>
double derivative(double x) {
    if constexpr (requires { F::df_of_output(x); }) return F::df_of_output(F::f(x));
    else return F::df(x);
}

/// Within a few roundings of numbers near 1, at each of `places`.
template <class F>
void check_numbers(const std::vector<double>& values, const std::vector<double>& derivatives) {
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double x = places[i], y = F::f(x), dy = derivative<F>(x);
        CAPTURE(x, y, dy);
        CHECK((y == values[i] || std::fabs(y - values[i]) <= 1e-15 * std::fmax(1, std::fabs(values[i]))));
        CHECK(std::fabs(dy - derivatives[i]) <= 1e-15);
    }
}

/// Whatever is far from 0 stays a number, and not-a-number is not hidden: in registers, alone and fused.
template <class Layer, class T>
void check_far_numbers() {
    using F = typename Layer::function;
    using arch = cpu::instruction_set;
    static_assert(on_cpu::is_vectorized<F, T, arch>);
    std::vector<T> x{-std::numeric_limits<T>::infinity(),
                     -1e30F,
                     -1e4F,
                     -104,
                     -40,
                     -1e-30F,
                     0,
                     1e-30F,
                     20,
                     40,
                     104,
                     1e4F,
                     1e30F,
                     std::numeric_limits<T>::infinity(),
                     std::numeric_limits<T>::quiet_NaN()};
    std::vector<T> y(x.size()), dx(x.size()), dy(x.size(), T(1));
    const auto count = static_cast<std::ptrdiff_t>(x.size());
    on_cpu::elementwise_values<F, T, arch>(x.data(), y.data(), count);
    const auto& s = requires { F::df_of_output(T(0)); } ? y : x;
    on_cpu::elementwise_gradients<F, T, arch>(s.data(), dy.data(), dx.data(), count);
    for (std::size_t i = 0; i + 1 < x.size(); ++i) {
        CAPTURE(x[i]);
        CHECK_FALSE(std::isnan(y[i]));
        CHECK(std::isfinite(dx[i]));
        CHECK(std::fabs(y[i]) <= std::fmax(T(1.7581), std::fabs(x[i]) * T(1.0508)));
        CHECK(std::fabs(dx[i]) <= T(1.7581));
    }
    CHECK(std::isnan(y.back()));
}
template <class... Layers>
void check_all_far_numbers() {
    ((check_far_numbers<Layers, float>(), check_far_numbers<Layers, double>()), ...);
}

/// By itself, and inside the product before it: in a register and a bit.
template <class... Layers>
struct alone : network<features<13>, parallel<concat_all, Layers...>> {};
/// The same behind numbers that are at no kink, which the inputs are.
template <class... Layers>
struct behind : network<features<13>, dense<11>, parallel<concat_all, Layers...>> {};
template <class... Layers>
struct fused
    : network<image<2, 3, 3>, conv<17, 2>, parallel<concat_all, sequence<conv<17, 1>, Layers>...>, flatten, dense<5>> {
};
struct between_dense : network<features<7>, dense<17>, elu<>, dense<9>, gelu, dense<8>, silu, dense<5>, mish> {};

} // namespace

TEST_CASE("elu: PyTorch's numbers; at 0 its derivative is Alpha", "[layers]") {
    check_numbers<elu_function<1>>({-1, -1, -0.950212931632136, -0.6321205588285577, 0, 1, 3, 6, 1e4, infinity},
                                   {0, 0, 0.049787068367863944, 0.36787944117144233, 1, 1, 1, 1, 1, 1});
    check_numbers<elu_function<0.5>>({-0.5, -0.5, -0.475106465816068, -0.31606027941427883, 0, 1, 3, 6, 1e4, infinity},
                                     {0, 0, 0.024893534183931972, 0.18393972058572117, 0.5, 1, 1, 1, 1, 1});
    CHECK(elu_function<1>::f(-1e-20) == -1e-20); // not 0, which exp(x) − 1 gives
    check_numbers<elu_function<0>>({0, 0, 0, 0, 0, 1, 3, 6, 1e4, infinity}, {0, 0, 0, 0, 0, 1, 1, 1, 1, 1});
}

TEST_CASE("selu: PyTorch's numbers", "[layers]") {
    constexpr double s = 1.0507009873554805;
    check_numbers<selu_function>({-1.7580993408473766, -1.7580993408473766, -1.6705687287671118, -1.1113307378125625, 0,
                                  s, 3.1521029620664414, 6.304205924132883, 10507.009873554805, infinity},
                                 {0, 0, 0.08753061208026487, 0.646768603034814, 1.7580993408473766, s, s, s, s, s});
}

// PyTorch gives not-a-number at −infinity, and derivatives that are none at both: 0 times infinity.
TEST_CASE("gelu: PyTorch's numbers, exact and with tanh", "[layers]") {
    check_numbers<gelu_function>({0, 0, -0.00404969409489031, -0.15865525393145702, 0, 0.841344746068543,
                                  2.99595030590511, 5.999999994080474, 1e4, infinity},
                                 {0, 0, -0.01194564720418392, -0.08331547058768635, 0.5, 1.0833154705876864,
                                  1.011945647204184, 1.0000000354687093, 1, 1});
    check_numbers<gelu_tanh_function>({0, 0, -0.0036373920817729943, -0.1588080093917233, 0, 0.8411919906082768,
                                       2.996362607918227, 5.9999999999156035, 1e4, infinity},
                                      {0, 0, -0.011584166630969648, -0.08296408384578258, 0.5, 1.0829640838457826,
                                       1.0115841666309695, 1.0000000007709977, 1, 1});
}

TEST_CASE("gelu: far below 0 the exact one keeps its digits", "[layers]") {
    // x · Φ(x) at −8, worked out with 40 digits; (1 + erf(x / √2)) / 2 has two digits of it
    CHECK(std::fabs(gelu_function::f(-8.0) / -4.9767684594174273e-15 - 1) <= 1e-14);
}

TEST_CASE("silu: PyTorch's numbers; swish is another name", "[layers]") {
    static_assert(std::is_same_v<silu, swish>);
    check_numbers<silu_function>({0, 0, -0.14227761953270035, -0.2689414213699951, 0, 0.7310585786300049,
                                  2.8577223804672998, 5.985164261060192, 1e4, infinity},
                                 {0, 0, -0.08810410601516962, 0.07232948812851325, 0.5, 0.9276705118714869,
                                  1.0881041060151693, 1.0123264325915249, 1, 1});
}

TEST_CASE("mish: PyTorch's numbers", "[layers]") {
    check_numbers<mish_function>({0, 0, -0.1456474612756246, -0.30340146137410895, 0, 0.8650983882673103,
                                  2.9865350049679575, 5.999926634065252, 1e4, infinity},
                                 {0, 0, -0.09339311453232084, 0.059216755877395014, 0.6, 1.0490362200997922,
                                  1.0211069109294435, 1.00013414050621, 1, 1});
    CHECK(std::fabs(mish_function::f(-50.0) / -9.6437492398195890e-21 - 1) <= 1e-15); // −50 · exp(−50) to 21 digits
}

TEST_CASE("hard_swish and hard_sigmoid: PyTorch's numbers, at the kinks as well", "[layers]") {
    check_numbers<hard_swish_function>({0, 0, 0, -1.0 / 3, 0, 2.0 / 3, 3, 6, 1e4, infinity},
                                       {0, 0, -0.5, 1.0 / 6, 0.5, 5.0 / 6, 1, 1, 1, 1});
    check_numbers<hard_sigmoid_function>({0, 0, 0, 1.0 / 3, 0.5, 2.0 / 3, 1, 1, 1, 1},
                                         {0, 0, 0, 1.0 / 6, 1.0 / 6, 1.0 / 6, 0, 0, 0, 0});
    CHECK(hard_swish_function::df(-3.0000001) == 0);
}

TEST_CASE("relu6 and hard_tanh: PyTorch's numbers, at the kinks as well", "[layers]") {
    check_numbers<relu6_function>({0, 0, 0, 0, 0, 1, 3, 6, 6, 6}, {0, 0, 0, 0, 0, 1, 1, 0, 0, 0});
    check_numbers<hard_tanh_function>({-1, -1, -1, -1, 0, 1, 1, 1, 1, 1}, {0, 0, 0, 0, 1, 0, 0, 0, 0, 0});
    CHECK(derivative<hard_tanh_function>(-0.999) == 1);
    CHECK(derivative<relu6_function>(5.999) == 1);
}

TEST_CASE("activations: nothing but not-a-number gives not-a-number", "[nan]") {
    check_all_far_numbers<elu<>, elu<0.5>, elu<0>, selu, gelu, gelu_tanh, silu, hard_swish, hard_sigmoid, relu6, mish,
                          hard_tanh>();
}

TEST_CASE("activations keep the laws", "[layers]") {
    check_laws<alone<elu<>, elu<0.5>, selu, gelu, gelu_tanh, silu>,
               behind<hard_swish, hard_sigmoid, relu6, mish, hard_tanh>,
               fused<elu<0.5>, selu, gelu, gelu_tanh, silu, hard_swish, hard_sigmoid, relu6, mish, hard_tanh>,
               between_dense>();
}

TEST_CASE("activations: the derivatives that follow from y are fused in training as well", "[layers]") {
    struct follows : network<features<4>, dense<3>, elu<>, dense<3>, selu, dense<3>, relu6, dense<3>, hard_tanh,
                             dense<3>, hard_sigmoid> {};
    int alone_in_plan = 0;
    for (const auto& step : train_plan<follows, mean_squared_error, cpu>::data.keys)
        alone_in_plan += step.kind == operations::elementwise::kind;
    CHECK(alone_in_plan == 0);
}

TEST_CASE("activations are spelt as they are written", "[layers]") {
    CHECK(core::description<alone<elu<>, elu<0.25>, gelu_tanh, swish>>::network_spelling()
          == "network<features<13>, parallel<concat_all, elu<>, elu<0.25>, gelu_tanh, silu>>");
}
