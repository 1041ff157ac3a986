#include "catch.hpp"
#include "trajectory.hpp"
#include <strata/train/optimisers/adamw.hpp>
#include <type_traits>

using namespace optimiser_tests;
using strata::adam, strata::adamw;

TEST_CASE("adamw: the parameter decays by rate * weight_decay, whatever the gradient", "[train]") {
    double p = 1, m = 0, v = 0, g = 0;
    double* const state[] = {&m, &v};
    adamw{.rate = 0.25, .weight_decay = 0.5}.apply<double>(1, &g, &p, state, 1);
    CHECK(p == 0.875); // (1 - 0.25 * 0.5) * 1
    CHECK(m == 0);     // the moments know nothing of it
    CHECK(v == 0);
}

TEST_CASE("adamw: without decay it is adam", "[train]") {
    fitted<float, adamw> a{adamw{.rate = 0.1, .weight_decay = 0}, normal_numbers<float>(300, 1)};
    fitted<float, adam> b{adam{.rate = 0.1}, a.p};
    for (int step = 1; step <= 5; ++step) {
        const auto g = normal_numbers<float>(300, 10U + static_cast<unsigned>(step));
        a.apply(step, g);
        b.apply(step, g);
    }
    CHECK(a.p == b.p);
}

TEST_CASE("adamw: PyTorch's trajectories", "[train]") {
    trajectories all;
    // A hundred subtractions from numbers around 1, each rounded by half an ulp, 6e-8. (With p times 1 − rate *
    // weight_decay in float it would be twice that.)
    const double bound = 6e-6;
    STRATA_FOLLOW(all, bound, adamw{});
    STRATA_FOLLOW(all, bound, adamw{.weight_decay = 0});
    STRATA_FOLLOW(all, bound, adamw{.weight_decay = 0.5});
    STRATA_FOLLOW(all, bound, adamw{.rate = 0.0625});
    STRATA_FOLLOW(all, bound, adamw{.rate = 0.0625, .weight_decay = 0});
    STRATA_FOLLOW(all, bound, adamw{.rate = 0.0625, .weight_decay = 0.5});
    STRATA_FOLLOW(all, bound,
                  adamw{.rate = 0.0625, .beta1 = 0.75, .beta2 = 0.9375, .epsilon = 0.125, .weight_decay = 0.0625});
    all.all_followed("adamw");
}

TEST_CASE("adamw: a range in parts gives the same bits", "[train]") {
    check_splits<float>(adamw{.rate = 0.1});
    check_splits<double>(adamw{.rate = 0.1, .weight_decay = 0.5});
}

TEST_CASE("adamw: is an aggregate with PyTorch's names and defaults; what makes no sense is an error", "[train]") {
    static_assert(std::is_aggregate_v<adamw>);
    static_assert(adamw{}.rate == 1e-3 && adamw{}.beta1 == 0.9 && adamw{}.beta2 == 0.999 && adamw{}.epsilon == 1e-8);
    static_assert(adamw{}.weight_decay == 1e-2 && adamw::states == 2);
    CHECK(complaint(adamw{}).empty());
    CHECK(complaint(adamw{.rate = 0})
          == "strata: adamw: the learning rate is 0, but must be a positive number; try adamw{.rate = 0.001}.");
    CHECK(complaint(adamw{.beta1 = 1}).find("beta1 is 1") != std::string::npos);
    CHECK(complaint(adamw{.beta2 = -1}).find("beta2 is -1") != std::string::npos);
    CHECK(complaint(adamw{.epsilon = NAN}).find("epsilon is nan") != std::string::npos);
    CHECK(complaint(adamw{.weight_decay = -1}).find("weight decay is -1") != std::string::npos);
}
