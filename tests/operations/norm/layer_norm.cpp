#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/sequences.hpp>

using namespace strata_tests;

namespace {
using little = strata::epsilon<1.0>; // easy to work with by hand
struct of_two : strata::network<strata::vectors<2, 2>, strata::layer_norm_with<little>> {};
struct root_of_two : strata::network<strata::vectors<2, 2>, strata::rms_norm_with<little>> {};

struct flat : strata::network<strata::features<6>, strata::dense<5>, strata::layer_norm, strata::relu, strata::dense<3>,
                              strata::layer_norm_with<strata::no_bias>> {};
/// Rows of four registers, of a part of one, and of all that is between, whatever a register holds.
template <int D>
struct row : strata::network<strata::vectors<3, D>, strata::layer_norm, strata::softplus, strata::rms_norm> {};
struct long_one : strata::network<strata::vectors<40, 4>, strata::dense<21>, strata::layer_norm, strata::dense<4>,
                                  strata::rms_norm> {};
/// The channels of each pixel, and of each time of a signal.
struct pixels : strata::network<strata::image<3, 4, 3>, strata::layer_norm, strata::conv<19, 2>, strata::layer_norm,
                                strata::softplus, strata::rms_norm> {};
struct times : strata::network<strata::time_series<3, 9>, strata::conv1d<6, 2>,
                               strata::layer_norm_with<strata::no_bias>, strata::tanh_activation> {};
struct pixel_of_two : strata::network<strata::image<2, 1, 2>, strata::layer_norm_with<little>> {};
struct single : strata::network<strata::features<1>, strata::layer_norm> {};
} // namespace

TEST_CASE("layer_norm by hand") {
    strata::model<of_two, strata::reference, strata::fp64> net;
    net.set("0.weight", std::vector<double>{2, 3});
    net.set("0.bias", std::vector<double>{10, 20});
    // The first position: mean 3, variance 3, and so a divisor of 2; the second is one number twice.
    const double root = std::sqrt(3.0);
    const std::vector<double> y = net(std::vector<double>{3 - root, 3 + root, 7, 7});
    CHECK(std::abs(y[0] - (10 - root)) < 1e-15 * 16);
    CHECK(std::abs(y[1] - (20 + 1.5 * root)) < 1e-15 * 32);
    CHECK(y[2] == 10);
    CHECK(y[3] == 20);
}

TEST_CASE("layer_norm of an image normalises the channels of each pixel") {
    strata::model<pixel_of_two, strata::reference, strata::fp64> net;
    net.set("0.weight", std::vector<double>{2, 3});
    net.set("0.bias", std::vector<double>{10, 20});
    const double root = std::sqrt(3.0);
    const std::vector<double> y = net(std::vector<double>{3 - root, 7, 3 + root, 7});
    CHECK(std::abs(y[0] - (10 - root)) < 1e-15 * 16);
    CHECK(y[1] == 10);
    CHECK(std::abs(y[2] - (20 + 1.5 * root)) < 1e-15 * 32);
    CHECK(y[3] == 20);
}

TEST_CASE("rms_norm by hand") {
    strata::model<root_of_two, strata::reference, strata::fp64> net;
    net.set("0.weight", std::vector<double>{2, 3});
    // mean squares of 8 and 0, with epsilon 9 and 1
    const std::vector<double> y = net(std::vector<double>{4, 0, 0, 0});
    CHECK(std::abs(y[0] - 8.0 / 3) < 1e-15 * 4);
    CHECK(y[1] == 0);
    CHECK(y[2] == 0);
}

TEST_CASE("layer_norm: parameters by name, as in PyTorch") {
    STATIC_REQUIRE(strata::parameter_count<of_two> == 4);
    STATIC_REQUIRE(strata::parameter_count<root_of_two> == 2);
    STATIC_REQUIRE(strata::parameter_count<flat> == 6 * 5 + 5 + 10 + 5 * 3 + 3 + 3);
    STATIC_REQUIRE(strata::output_shape<long_one> == strata::shape::sequence(40, 4));
}

TEST_CASE("layer_norm: one number has no deviation, and gives beta") {
    strata::model<single> net;
    net.set("0.bias", std::vector<float>{0.5f});
    CHECK(net(std::vector<float>{-3}) == std::vector<float>{0.5f});
}

TEST_CASE("layer_norm keeps the laws") {
    check_laws<flat, long_one, row<5>, row<19>, pixels, times>();
#if !defined(__CUDACC__)
    check_laws_of<strata::cpu, row<32>, row<64>, row<73>>();
#endif
}
