#include "../../reference/gradient_check.hpp"
#include "catch.hpp"

#include <strata/layers.hpp>
#include <strata/losses.hpp>
#include <strata/train/trainer.hpp>

using namespace strata;
using namespace strata_tests;

namespace {
struct scores : network<features<1>, pass> {};
struct critic : network<features<3>, dense<4>, tanh_activation, dense<1>> {};
} // namespace

TEST_CASE("wasserstein by hand", "[train]") {
    model<scores, cpu, fp64> net;
    trainer trainer{net, wasserstein{}, sgd{}};
    // two real samples, of scores 3 and 5, and two made ones, of scores −1 and 2
    CHECK(trainer.step(std::vector<double>{3, 5, -1, 2}, std::vector<double>{-1, -1, 1, 1}) == (-8 + 1) / 4.0);
}

TEST_CASE("wasserstein: gradients are central differences", "[train]") { check_gradients<critic, wasserstein>(7); }
