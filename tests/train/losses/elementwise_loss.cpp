/// A loss of the user's own is one type with f and df: in a trainer, beside functions of layers, and in the summary's
/// memory.
#include "../../reference/gradient_check.hpp"
#include "catch.hpp"
#include "random_numbers.hpp"

#include <strata/layers.hpp>
#include <strata/losses.hpp>
#include <strata/train/trainer.hpp>

#include <cmath>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

// [own loss]
struct log_cosh_function {
    template <class V>
    static V f(V x, V t) {
        using std::abs, std::exp, std::log1p;
        // log(cosh(x − t)), where cosh would overflow
        return abs(x - t) + log1p(exp(V(-2) * abs(x - t))) - V(0.6931471805599453);
    }
    template <class V>
    static V df(V x, V t) {
        using std::tanh;
        return tanh(x - t);
    }
};
using log_cosh = strata::elementwise_loss<log_cosh_function>;
// [/own loss]

/// It is derived from, as the library's own are: by plain functions of double, and of another kind of target.
struct quantile_function { // Koenker & Bassett 1978, the quantile 3/4
    static double f(double x, double t) { return t > x ? 0.75 * (t - x) : 0.25 * (x - t); }
    static double df(double x, double t) { return t > x ? -0.75 : 0.25; }
};
struct quantile : elementwise_loss<quantile_function> {};

/// Functions of layers are fused and not fused, before the loss's.
struct curved : network<features<3>, dense<4>, tanh_activation, dense<2>, leaky_relu<0.2>, dense<2>> {};
struct constant_of_one : network<features<1>, dense<1>> {};

} // namespace

TEST_CASE("elementwise_loss: a loss of one's own has the right gradients") { check_gradients<curved, log_cosh>(7); }

TEST_CASE("elementwise_loss: a loss of one's own in a trainer") {
    model<curved, cpu, fp64> net{seed{1}};
    trainer trainer{net, log_cosh{}, sgd{.rate = 0.5}};
    const auto x = random_numbers<double>(3 * 9, 1), t = random_numbers<double>(2 * 9, 2);
    const auto y = net(x);
    double expected = 0;
    REQUIRE(y.size() == t.size());
    for (std::size_t i = 0; i < y.size(); ++i)
        expected += std::log(std::cosh(y[i] - t[i])) / static_cast<double>(y.size());
    const double first = trainer.step(x, t);
    CHECK(std::fabs(first - expected) <= 1e-14); // a few roundings of numbers around 1
    double last = first;
    for (int step = 0; step < 50; ++step) last = trainer.step(x, t);
    CHECK(last < 0.8 * first);
}

TEST_CASE("elementwise_loss: the quantile is what a constant learns by its loss") {
    model<constant_of_one, cpu, fp64> net{seed{1}};
    const std::vector<double> x(100, 0.0);
    std::vector<double> t(100);
    for (std::size_t i = 0; i < 100; ++i) t[i] = static_cast<double>(i) / 100;
    trainer trainer{net, quantile{}, sgd{.rate = 0.01}};
    for (int step = 0; step < 1000; ++step) trainer.step(x, t);
    CHECK(std::fabs(net(std::vector<double>{0})[0] - 0.75)
          <= 0.02); // a step is at most 0.0075, a target's distance 0.01
}
