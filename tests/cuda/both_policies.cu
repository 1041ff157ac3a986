// Models of the policies cpu and gpu in one file that nvcc compiles, with every loss. nvcc refuses a variable of a
// vector register's type in a function that a GPU could call. The last loss is a user's own, written for both.
#include "machines/gpu_run.hpp"

#include <strata/losses.hpp>
#include <strata/strata.hpp>

#include <cmath>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct log_cosh_function {
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V f(V x, V t) {
        using std::abs, std::exp, std::log1p;
        return abs(x - t) + log1p(exp(V(-2) * abs(x - t))) - V(0.6931471805599453);
    }
    STRATA_ANY_CALLER
    template <class V>
    STRATA_HD static V df(V x, V t) {
        using std::tanh;
        return tanh(x - t);
    }
};
using log_cosh = elementwise_loss<log_cosh_function>;

struct small : network<features<6>, dense<5>, leaky_relu<>, dense<3>> {};

/// The losses of two steps on three samples.
template <class Policy, class Loss>
std::vector<double> two_steps(const Loss& loss) {
    model<small, Policy> net{seed{1}};
    trainer t{net, loss, sgd{.rate = 0.1}};
    std::vector<float> x(18), targets(9);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i % 5) - 2;
    for (std::size_t i = 0; i < targets.size(); ++i) targets[i] = i % 4 == 0 ? 1.0f : 0.0f;
    return {t.step(x, targets), t.step(x, targets)};
}
template <class Loss>
void compare(const Loss& loss) {
    const std::vector<double> here = two_steps<cpu>(loss), there = two_steps<gpu>(loss);
    // A few dozen float operations a sample, each off by at most 6e-8 of values around 1.
    for (std::size_t i = 0; i < 2; ++i) CHECK(there[i] == Approx(here[i]).epsilon(1e-5));
}

} // namespace

TEST_CASE("both policies in one file compute the same losses") {
    STRATA_NEEDS_GPU();
    compare(cross_entropy{});
    compare(binary_cross_entropy<3>{});
    compare(mean_squared_error{});
    compare(l1{});
    compare(huber<0.5>{});
    compare(log_cosh{});
}
