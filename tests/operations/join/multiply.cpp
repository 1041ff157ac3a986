#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>

using namespace strata_tests;

namespace {
struct square : strata::network<strata::features<3>, strata::tag<"x">, strata::mul<"x">> {};
struct gated : strata::network<strata::image<2, 3, 4>, strata::conv<17, 2>, strata::tag<"x">, strata::sigmoid,
                               strata::mul<"x">, strata::tag<"y">, strata::conv<17, 1>, strata::mul<"y">> {};
struct of_positions : strata::network<strata::vectors<4, 3>, strata::dense<5>, strata::tag<"x">, strata::dense<5>,
                                      strata::sigmoid, strata::mul<"x">> {};
} // namespace

TEST_CASE("multiply by hand") {
    const strata::model<square> net;
    CHECK(net(std::vector<float>{1, -2, 3}) == std::vector<float>{1, 4, 9});
    host_run<train_plan<square, weighted_sum, strata::reference>, strata::reference> r(1);
    r.input = {1, -2, 3};
    r.target = {1, 10, 100};
    r.run();
    CHECK(r.input_gradient() == std::vector<double>{2, -40, 600});
}

TEST_CASE("multiply keeps the laws") { check_laws<square, gated, of_positions>(); }
