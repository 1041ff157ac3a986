#include "../../reference/gradient_check.hpp"
#include "catch.hpp"

#include <strata/layers.hpp>
#include <strata/losses.hpp>
#include <strata/train/trainer.hpp>

using namespace strata;
using namespace strata_tests;

namespace {
struct scores : network<features<4>, pass> {};
struct curved : network<features<3>, dense<4>, tanh_activation, dense<2>> {};
} // namespace

TEST_CASE("squared_hinge by hand", "[train]") {
    model<scores, cpu, fp64> net;
    trainer trainer{net, squared_hinge{}, sgd{}};
    // margins missed by 1/2, by nothing, by 3 and by 1
    const double loss = trainer.step(std::vector<double>{0.5, -2, 2, 0}, std::vector<double>{1, -1, -1, 1});
    CHECK(loss == (0.25 + 9 + 1) / 4);
}

TEST_CASE("squared_hinge: a score that is not a number shows", "[train]") {
    CHECK(std::isnan(squared_hinge_function::f(std::nan(""), 1.0)));
}

TEST_CASE("squared_hinge: gradients are central differences", "[train]") { check_gradients<curved, squared_hinge>(7); }
