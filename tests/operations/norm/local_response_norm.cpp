#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/vision.hpp>

using namespace strata_tests;

namespace {
struct alone : strata::network<strata::image<3, 1, 2>, strata::local_response_norm<2, 4, 1, 1>> {};
template <int Size, strata::real Beta>
struct between : strata::network<strata::image<2, 3, 4>, strata::conv<19, 2>,
                                 strata::local_response_norm<Size, 0.5, Beta, 2>, strata::softplus> {};
struct wide : strata::network<strata::image<3, 2, 2>, strata::local_response_norm<9, 1.5, 0.5>> {};
struct sequences : strata::network<strata::vectors<4, 5>, strata::dense<7>, strata::local_response_norm<3, 1>> {};
struct signals : strata::network<strata::time_series<3, 6>, strata::local_response_norm<4, 1, 0.6>> {};
} // namespace

TEST_CASE("local_response_norm by hand") {
    const strata::model<alone, strata::reference, strata::fp64> net;
    // The window of two begins one channel before: 1 + 4 / 2 · (0 + 1), 1 + 2 · (1 + 4), 1 + 2 · (4 + 9)
    const std::vector<double> y = net(std::vector<double>{1, 0, -2, 0, 3, 1});
    const std::vector<double> expected{1.0 / 3, 0, -2.0 / 11, 0, 3.0 / 27, 1.0 / 3};
    for (std::size_t i = 0; i < y.size(); ++i) CHECK(std::abs(y[i] - expected[i]) <= 1e-16);
}

TEST_CASE("local_response_norm keeps the laws") {
    check_laws<alone, between<5, 0.75>, between<4, 1.25>, wide, sequences, signals>();
}
