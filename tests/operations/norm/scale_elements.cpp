#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/sequences.hpp>

using namespace strata_tests;

namespace {
using epsilon = strata::epsilon<1e-3>;
struct images
    : strata::network<strata::image<2, 4, 3>, strata::conv<19, 2>, strata::layer_norm_with<strata::all_positions>,
                      strata::softplus, strata::rms_norm_with<strata::all_positions, epsilon>> {};
struct one_channel
    : strata::network<strata::image<1, 5, 7>, strata::layer_norm_with<strata::all_positions, strata::no_bias>> {};
struct sequences
    : strata::network<strata::vectors<5, 6>, strata::dense<7>, strata::layer_norm_with<strata::all_positions>> {};
struct signals
    : strata::network<strata::time_series<3, 8>, strata::conv1d<4, 2>, strata::rms_norm_with<strata::all_positions>> {};
} // namespace

TEST_CASE("scale_elements: a weight for each number of a sample, in its order") {
    struct net : strata::network<strata::image<2, 1, 2>, strata::rms_norm_with<strata::all_positions>> {};
    STATIC_REQUIRE(strata::parameter_count<images> == 19 * 2 * 4 + 19 + 3 * (19 * 3 * 2));
    STATIC_REQUIRE(strata::parameter_count<net> == 4);
    strata::model<net, strata::cpu, strata::fp64> model;
    model.set("0.weight", std::vector<double>{1, 10, 100, 1000});
    const double divisor = std::sqrt(1 + 1e-5); // the mean square of four numbers of size 1
    const std::vector<double> y = model(std::vector<double>{1, -1, 1, 1});
    const std::vector<double> expected{1 / divisor, -10 / divisor, 100 / divisor, 1000 / divisor};
    for (std::size_t i = 0; i < y.size(); ++i) CHECK(std::abs(y[i] - expected[i]) < 1e-15 * 4 * std::abs(expected[i]));
}

TEST_CASE("scale_elements keeps the laws") { check_laws<images, one_channel, sequences, signals>(); }
