/// The constants of layers and losses have the model's precision: in fp64 a slope of 0.2 is the double, not the float.
#include "catch.hpp"

#include <strata/layers.hpp>
#include <strata/losses.hpp>
#include <strata/model/model.hpp>
#include <strata/reference/reference.hpp>
#include <strata/strata.hpp>

#include <cmath>
#include <vector>

using namespace strata;
using namespace strata::core;

namespace {

using numbers = std::vector<double>;

struct normalized : network<features<1>, batch_norm> {};
struct normalized_as_keras : network<features<1>, batch_norm_with<epsilon<1e-3>, momentum<0.01>>> {};
struct folded : network<image<1, 1, 1>, conv<1, 1, no_bias>, batch_norm_with<epsilon<1e-3>>> {};
struct leaking : network<features<1>, leaky_relu<0.2>> {};
struct dropping : network<features<64>, dropout<0.1>> {};
struct passing : network<features<1>, pass> {};

/// Equal but for a few roundings.
bool same(double a, double b) { return std::abs(a - b) <= 1e-15 * std::abs(b); }

template <class Net, class Policy>
using double_model = model<Net, Policy, fp64>;

template <class Policy>
void check_batch_norm() {
    INFO(Policy::name);
    double_model<normalized, Policy> net{};
    const double zero = 0;
    net.set(3, &zero); // the running variance
    CHECK(same(net(numbers{1})[0], 1 / std::sqrt(1e-5)));
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 1e-300}};
    trainer.step(numbers{1, 3}, numbers{0, 0}); // mean 2, variance 1, unbiased 2
    double mean = 0, variance = 0;
    net.get(2, &mean), net.get(3, &variance);
    CHECK(same(mean, 0.1 * 2));
    CHECK(same(variance, 0.1 * 2));
}
template <class Policy>
void check_batch_norm_options() {
    INFO(Policy::name);
    double_model<normalized_as_keras, Policy> net{};
    const double zero = 0, one = 1;
    net.set(3, &zero);
    CHECK(same(net(numbers{1})[0], 1 / std::sqrt(1e-3)));
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 1e-300}};
    trainer.step(numbers{1, 3}, numbers{0, 0});
    double mean = 0, variance = 0;
    net.get(2, &mean), net.get(3, &variance);
    CHECK(same(mean, 0.01 * 2));
    CHECK(same(variance, 0.01 * 2));

    double_model<folded, Policy> in_a_convolution{};
    in_a_convolution.set(0, &one), in_a_convolution.set(4, &zero);
    CHECK(same(in_a_convolution(numbers{1})[0], 1 / std::sqrt(1e-3)));
}

template <class Policy>
void check_functions() {
    INFO(Policy::name);
    const double_model<leaking, Policy> leaky{};
    CHECK(leaky(numbers{-1})[0] == -0.2);

    double_model<dropping, Policy> drops{};
    trainer trainer{drops, mean_squared_error{}, sgd{.rate = 1}};
    const double loss = trainer.step(numbers(64, 1.0), numbers(64, 0.0));
    const double kept = std::round(loss * 64 * 0.9 * 0.9); // loss = kept · (1 / 0.9)² / 64
    CHECK(kept > 32);
    CHECK(std::abs(loss - kept / 64 / (0.9 * 0.9)) <= 1e-14);
}

template <class Policy, class Loss>
double loss_at(const Loss& loss, double x, double target) {
    double_model<passing, Policy> net{};
    trainer trainer{net, loss, sgd{.rate = 1}};
    return trainer.step(numbers{x}, numbers{target});
}
template <class Policy>
void check_losses() {
    INFO(Policy::name);
    CHECK(same(loss_at<Policy>(huber<0.1>{}, 3, 0), 0.1 * (3 - 0.05)));
    CHECK(same(loss_at<Policy>(binary_cross_entropy<0.3>{}, 0, 1), 0.3 * std::log(2.0)));
    CHECK(same(loss_at<Policy>(binary_cross_entropy<>{.label_smoothing = 0.1}, 2, 1),
               std::log1p(std::exp(-2.0)) + 0.05 * 2));
}

} // namespace

TEST_CASE("batch_norm: epsilon and momentum are exact in fp64", "[layers]") {
    check_batch_norm<reference>();
    check_batch_norm<cpu>();
}

TEST_CASE("batch_norm_with: epsilon and momentum as they are given, folded into a convolution too", "[layers]") {
    check_batch_norm_options<reference>();
    check_batch_norm_options<cpu>();
}

TEST_CASE("slopes and rates are exact in fp64", "[layers]") {
    check_functions<reference>();
    check_functions<cpu>();
}

TEST_CASE("constants of losses are exact in fp64", "[layers]") {
    check_losses<reference>();
    check_losses<cpu>();
}

TEST_CASE("batch_norm_with is spelt with its options", "[layers]") {
    text with, without;
    spell_layer<batch_norm_with<epsilon<1e-3>, momentum<0.01>>>(with);
    spell_layer<batch_norm>(without);
    CHECK(std::string(with.begin(), with.end()) == "batch_norm_with<epsilon<0.001>, momentum<0.01>>");
    CHECK(std::string(without.begin(), without.end()) == "batch_norm");
}
