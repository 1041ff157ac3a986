#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/sequences.hpp>
#include <strata/vision.hpp>

using namespace strata_tests;

namespace {
using little = strata::epsilon<1.0>; // easy to work with by hand
struct of_two : strata::network<strata::image<4, 1, 2>, strata::group_norm<2, little>> {};
struct of_one : strata::network<strata::image<2, 1, 2>, strata::instance_norm_with<little>> {};
struct whole : strata::network<strata::image<2, 1, 2>, strata::layer_norm_with<little, strata::all_positions>> {};

/// (An instance norm takes the bias before it away: its gradient is nothing but rounding.)
/// Groups of channels that fill parts of registers, of single channels, and of all of them.
template <int Channels, int Groups, int H, int W>
struct groups_of : strata::network<strata::image<2, H, W>, strata::conv<Channels, 1, strata::no_bias>,
                                   strata::group_norm<Groups>, strata::softplus, strata::conv<3, 1>> {};
struct first : strata::network<strata::image<6, 5, 3>, strata::group_norm<3, strata::no_affine>> {};
struct instances : strata::network<strata::image<3, 9, 7>, strata::instance_norm, strata::conv<17, 2, strata::no_bias>,
                                   strata::instance_norm_with<strata::affine>, strata::softplus> {};
struct signal : strata::network<strata::time_series<4, 21>, strata::group_norm<2>, strata::softplus,
                                strata::conv1d<5, 2, strata::no_bias>, strata::instance_norm_with<strata::affine>> {};
struct flat : strata::network<strata::features<7>, strata::dense<12>, strata::group_norm<3>, strata::dense<4>> {};
} // namespace

TEST_CASE("group_norm by hand") {
    strata::model<of_two, strata::reference, strata::fp64> net;
    net.set("0.weight", std::vector<double>{2, 3, 1, 1});
    net.set("0.bias", std::vector<double>{10, 20, 0, 5});
    // Channels 0 and 1 hold 3 ± the root of 3 twice: a mean and a variance of 3, and so a divisor of 2.
    const double root = std::sqrt(3.0);
    const std::vector<double> y = net(std::vector<double>{3 - root, 3 + root, 3 + root, 3 - root, 7, 7, 7, 7});
    const std::vector<double> expected{10 - root, 10 + root, 20 + 1.5 * root, 20 - 1.5 * root, 0, 0, 5, 5};
    for (std::size_t i = 0; i < y.size(); ++i) CHECK(std::abs(y[i] - expected[i]) < 1e-15 * 32);
}

TEST_CASE("instance_norm by hand, and layer_norm over all positions") {
    const double root = std::sqrt(3.0);
    const std::vector<double> x{3 - root, 3 + root, 5, 5};
    const std::vector<double> y = strata::model<of_one, strata::reference, strata::fp64>{}(x);
    const std::vector<double> expected{-root / 2, root / 2, 0, 0};
    for (std::size_t i = 0; i < y.size(); ++i) CHECK(std::abs(y[i] - expected[i]) < 1e-15 * 4);
    // Over all: a mean of 4, and a variance of (2 · (3 + 1) + 2 · 1) / 4 = 2.5.
    strata::model<whole, strata::reference, strata::fp64> net;
    net.set("0.weight", std::vector<double>{1, 2, 3, 4});
    net.set("0.bias", std::vector<double>{0, 0, 0, 10});
    const std::vector<double> z = net(x);
    const double divisor = std::sqrt(3.5);
    const std::vector<double> scaled{(-1 - root) / divisor, 2 * (-1 + root) / divisor, 3 / divisor, 4 / divisor + 10};
    for (std::size_t i = 0; i < z.size(); ++i) CHECK(std::abs(z[i] - scaled[i]) < 1e-15 * 16);
}

TEST_CASE("group_norm: parameters by name, as in PyTorch") {
    STATIC_REQUIRE(strata::parameter_count<of_two> == 8);
    STATIC_REQUIRE(strata::parameter_count<of_one> == 0);
    STATIC_REQUIRE(strata::parameter_count<first> == 0);
    STATIC_REQUIRE(strata::parameter_count<instances> == 17 * 3 * 4 + 34);
    STATIC_REQUIRE(strata::parameter_count<whole> == 8);
    STATIC_REQUIRE(strata::output_shape<signal> == strata::shape::signal(5, 20));
}

TEST_CASE("group_norm of many numbers with a large mean keeps their deviations") {
    struct large : strata::network<strata::image<2, 32, 32>, strata::group_norm<1>> {};
    std::vector<float> x(2 * 32 * 32);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = 4096 + static_cast<float>(i % 2 == 0 ? -1 : 1);
    const std::vector<float> y = strata::model<large, strata::cpu>{}(x);
    for (std::size_t i = 0; i < y.size(); ++i) // a variance of 1, and epsilon
        if (std::abs(std::abs(y[i]) - 1) > 1e-5f) FAIL_CHECK("y[" << i << "] is " << y[i]);
    CHECK(y[0] < 0);
    CHECK(y[1] > 0);
}

TEST_CASE("group_norm keeps the laws") {
    check_laws<first, instances, signal, flat, groups_of<6, 2, 3, 3>, groups_of<20, 4, 5, 4>>();
#if !defined(__CUDACC__)
    check_laws_of<strata::cpu, groups_of<32, 32, 6, 5>, groups_of<73, 1, 4, 4>>();
#endif
}
