#include "catch.hpp"
#include "trajectory.hpp"
#include <cmath>
#include <strata/train/optimisers/adam.hpp>
#include <type_traits>

using namespace optimiser_tests;
using strata::adam;

namespace {

/// The formula once more: one parameter, in double.
struct scalar_adam {
    adam options;
    double m = 0, v = 0;
    void step(int number, double g, double& p) {
        m = options.beta1 * m + (1 - options.beta1) * g;
        v = options.beta2 * v + (1 - options.beta2) * g * g;
        const double unbiased_m = m / (1 - std::pow(options.beta1, number));
        const double unbiased_v = v / (1 - std::pow(options.beta2, number));
        p -= options.rate * unbiased_m / (std::sqrt(unbiased_v) + options.epsilon);
    }
};

} // namespace

TEST_CASE("adam: numbers worked out by hand", "[train]") {
    // beta1 = 1/2, beta2 = 3/4, rate = 1/4, epsilon = 1
    const adam options{.rate = 0.25, .beta1 = 0.5, .beta2 = 0.75, .epsilon = 1};
    double p = 1, m = 0, v = 0, g = 2;
    double* const state[] = {&m, &v};
    options.apply<double>(1, &g, &p, state, 1);
    CHECK(m == 1); // 2 / 2
    CHECK(v == 1); // 4 / 4
    CHECK(std::fabs(p - (1 - 0.25 * 2 / (2 + 1)))
          < 1e-15); // m / (1 - 1/2) = 2, sqrt(1 / (1/4)) = 2; one ulp is 1.1e-16
    g = 0;
    const double before = p;
    options.apply<double>(2, &g, &p, state, 1);
    CHECK(m == 0.5);
    CHECK(v == 0.75);
    // m / (1 - 1/4) = 2/3, v / (1 - 9/16) = 12/7
    CHECK(std::fabs(p - (before - 0.25 * (2.0 / 3) / (std::sqrt(12.0 / 7) + 1))) < 1e-15);

    // Weight decay is a part of the gradient: 1 + 2 * 0.5 is the g of the first step above.
    double q = 2, k = 0, w = 0;
    double* const other[] = {&k, &w};
    g = 1;
    adam{.rate = 0.25, .beta1 = 0.5, .beta2 = 0.75, .epsilon = 1, .weight_decay = 0.5}.apply<double>(1, &g, &q, other,
                                                                                                     1);
    CHECK(k == 1);
    CHECK(std::fabs(q - (2 - 0.25 * 2 / (2 + 1))) < 1e-15);
}

TEST_CASE("adam: the first step is the rate, whatever the gradient's size", "[train]") {
    for (const float g : {1e-3F, -1.0F, 1e3F}) {
        float p = 0, m = 0, v = 0;
        float* const state[] = {&m, &v};
        adam{.rate = 0.5}.apply<float>(1, &g, &p, state, 1);
        // epsilon / |g| is at most 1e-5; float's roundings come to less
        CHECK(std::fabs(p - (g > 0 ? -0.5F : 0.5F)) < 0.5F * 1.1e-5F);
    }
}

TEST_CASE("adam: twenty steps as a scalar in double makes them, at any length", "[train]") {
    for (const adam options :
         {adam{}, adam{.rate = 0.01, .beta1 = 0.5, .beta2 = 0.9, .epsilon = 1e-3}, adam{.beta1 = 0}})
        for (const std::size_t n : {0U, 1U, 7U, 16U, 17U, 255U, 256U, 257U, 1000U}) { // 256: the size of a block
            fitted<float, adam> fit{options, normal_numbers<float>(n, 1)};
            std::vector<double> q(fit.p.begin(), fit.p.end());
            std::vector<scalar_adam> scalars(n, {options});
            for (int step = 1; step <= 20; ++step) {
                const auto g = normal_numbers<float>(n, 100U + static_cast<unsigned>(step));
                fit.apply(step, g);
                for (std::size_t i = 0; i < n; ++i) scalars[i].step(step, static_cast<double>(g[i]), q[i]);
            }
            INFO("rate " << options.rate << ", n " << n);
            // |p| < 4, so each of 20 subtractions rounds by at most 1.2e-7 (relative to 1): 2.4e-6 at worst
            CHECK(difference(fit.p, q) < 2.4e-6);
        }
}

TEST_CASE("adam: PyTorch's trajectories", "[train]") {
    trajectories all;
    // A hundred subtractions from numbers around 1, each rounded by half an ulp, 6e-8.
    const double bound = 6e-6;
    STRATA_FOLLOW(all, bound, adam{});
    STRATA_FOLLOW(all, bound, adam{.weight_decay = 0.0625});
    STRATA_FOLLOW(all, bound, adam{.rate = 0.0625, .beta1 = 0.75, .beta2 = 0.9375, .epsilon = 0.125});
    STRATA_FOLLOW(all, bound,
                  adam{.rate = 0.0625, .beta1 = 0.75, .beta2 = 0.9375, .epsilon = 0.125, .weight_decay = 0.0625});
    all.all_followed("adam");
}

TEST_CASE("adam: a range in parts gives the same bits", "[train]") {
    check_splits<float>(adam{.rate = 0.1});
    check_splits<double>(adam{.rate = 0.1, .weight_decay = 0.01});
}

TEST_CASE("adam: a parameter without gradient rests", "[train]") {
    float p = 0.5F, m = 0, v = 0;
    const float g = 0;
    float* const state[] = {&m, &v};
    adam{}.apply<float>(1, &g, &p, state, 1);
    CHECK(p == 0.5F);
}

TEST_CASE("adam: is an aggregate with PyTorch's names and defaults", "[train]") {
    static_assert(std::is_aggregate_v<adam>);
    static_assert(adam{.rate = 0.5F}.rate == 0.5);
    static_assert(adam::states == 2);
    CHECK(adam{}.rate == 1e-3);
    CHECK(adam{}.beta1 == 0.9);
    CHECK(adam{}.beta2 == 0.999);
    CHECK(adam{}.epsilon == 1e-8);
    CHECK(adam{}.weight_decay == 0);
}

TEST_CASE("adam: options that make no sense are errors", "[train]") {
    CHECK(complaint(adam{}).empty());
    CHECK(complaint(adam{.beta1 = 0, .beta2 = 0, .epsilon = 0}).empty());
    CHECK(complaint(adam{.rate = -1})
          == "strata: adam: the learning rate is -1, but must be a positive number; try adam{.rate = 0.001}.");
    CHECK(complaint(adam{.rate = NAN}).find("learning rate is nan") != std::string::npos);
    CHECK(complaint(adam{.beta1 = 1}).find("beta1 is 1") != std::string::npos);
    CHECK(complaint(adam{.beta1 = -0.5}).find("beta1 is -0.5") != std::string::npos);
    CHECK(complaint(adam{.beta2 = 1.5}).find("beta2 is 1.5") != std::string::npos);
    CHECK(complaint(adam{.beta2 = NAN}).find("beta2 is nan") != std::string::npos);
    CHECK(complaint(adam{.epsilon = -1e-9})
          == "strata: adam: the epsilon is -1e-09, but must be a number not less than 0; try adam{.epsilon = 1e-8}.");
    CHECK(complaint(adam{.weight_decay = -1}).find("weight decay is -1") != std::string::npos);
}
