#include "../../reference/gradient_check.hpp"
#include "compare.hpp"

#include <strata/strata.hpp>

using namespace strata_tests;

namespace {
struct alone : strata::network<strata::features<7>, strata::softplus> {};
struct between
    : strata::network<strata::image<2, 3, 3>, strata::conv<3, 2>, strata::softplus, strata::flatten, strata::dense<2>> {
};
} // namespace

// log(1 + exp(x)) to 17 digits, worked out with 40; behind the threshold x itself, as PyTorch's Softplus.
TEST_CASE("softplus by hand", "[layers]") {
    const strata::model<alone, strata::reference, strata::fp64> net;
    const std::vector<double> x{-1000, -30, -1, 0, 2, 20, 21};
    const std::vector<double> expected{
        0, 9.3576229688397368e-14, 0.31326168751822283, 0.69314718055994531, 2.1269280110429725, 20.000000002061154,
        21};
    const auto y = net(x);
    for (std::size_t i = 0; i < x.size(); ++i)
        CHECK(std::abs(y[i] - expected[i]) <= 5e-16 * expected[i]); // a unit of rounding by exp, one by log1p
    // Also in registers: nothing overflows, and the threshold is where it is in the reference.
    const auto fast = strata::model<alone>{}(std::vector<float>{-1000, -30, -1, 0, 2, 20, 1e30f});
    CHECK(fast[0] == 0);
    CHECK(std::abs(fast[1] - 9.35762e-14f) <= 1e-19f);
    CHECK(std::abs(fast[4] - 2.1269281f) <= 5e-7f); // two units of rounding
    CHECK(fast[6] == 1e30f);
}

TEST_CASE("softplus: the derivative is the logistic function, and 1 behind the threshold", "[layers]") {
    CHECK(strata::softplus_function::df(0.0) == 0.5);
    CHECK(std::abs(strata::softplus_function::df(-30.0) - 9.3576229688392989e-14) <= 1e-28);
    CHECK(strata::softplus_function::df(20.5) == 1);
    check_gradients<alone>(7);
    check_gradients<between>(7);
}

TEST_CASE("softplus: cpu gives what reference gives", "[layers]") {
    compare_training<between>();
    compare_inference<between>();
}
