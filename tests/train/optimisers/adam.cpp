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
    options.apply<double>(1, &g, &p, &m, &v, 1);
    CHECK(m == 1); // 2 / 2
    CHECK(v == 1); // 4 / 4
    CHECK(std::fabs(p - (1 - 0.25 * 2 / (2 + 1)))
          < 1e-15); // m / (1 - 1/2) = 2, sqrt(1 / (1/4)) = 2; one ulp is 1.1e-16
    g = 0;
    const double before = p;
    options.apply<double>(2, &g, &p, &m, &v, 1);
    CHECK(m == 0.5);
    CHECK(v == 0.75);
    // m / (1 - 1/4) = 2/3, v / (1 - 9/16) = 12/7
    CHECK(std::fabs(p - (before - 0.25 * (2.0 / 3) / (std::sqrt(12.0 / 7) + 1))) < 1e-15);
}

TEST_CASE("adam: the first step is the rate, whatever the gradient's size", "[train]") {
    for (const float g : {1e-3F, -1.0F, 1e3F}) {
        float p = 0, m = 0, v = 0;
        adam{.rate = 0.5}.apply<float>(1, &g, &p, &m, &v, 1);
        // epsilon / |g| is at most 1e-5; float's roundings come to less
        CHECK(std::fabs(p - (g > 0 ? -0.5F : 0.5F)) < 0.5F * 1.1e-5F);
    }
}

TEST_CASE("adam: twenty steps as a scalar in double makes them, at any length", "[train]") {
    for (const adam options :
         {adam{}, adam{.rate = 0.01, .beta1 = 0.5, .beta2 = 0.9, .epsilon = 1e-3}, adam{.beta1 = 0}})
        for (const std::size_t n :
             {0U, 1U, 7U, 16U, 17U, 255U, 256U, 257U, 1000U}) { // 256: the size of a block
            auto p = normal_numbers<float>(n, 1);
            std::vector<double> q(p.begin(), p.end());
            std::vector<scalar_adam> scalars(n, {options});
            std::vector<float> m(n), v(n);
            for (int step = 1; step <= steps; ++step) {
                const auto g = normal_numbers<float>(n, 100U + static_cast<unsigned>(step));
                options.apply<float>(step, g.data(), p.data(), m.data(), v.data(), n);
                for (std::size_t i = 0; i < n; ++i) scalars[i].step(step, static_cast<double>(g[i]), q[i]);
            }
            INFO("rate " << options.rate << ", n " << n);
            // |p| < 4, so each of 20 subtractions rounds by at most 1.2e-7 (relative to 1): 2.4e-6 at worst
            CHECK(difference(p, q) < 2.4e-6);
        }
}

TEST_CASE("adam: PyTorch's trajectory", "[train]") {
    const auto expected = pytorch("adam");
    REQUIRE(expected.values.size() == (steps + 1) * parameters);
    CHECK(follow<double>(adam{}, expected) < 1e-14); // the same arithmetic, up to its order
    CHECK(follow<float>(adam{}, expected) < 1.2e-6); // float's half ulp, 6e-8, in 20 steps
}

TEST_CASE("adam: a range in parts gives the same bits", "[train]") {
    const adam options{.rate = 0.1};
    constexpr std::size_t n = 1003, cut = 512;
    const auto g = normal_numbers<float>(n, 3);
    auto p = normal_numbers<float>(n, 4), m = normal_numbers<float>(n, 5), v = normal_numbers<float>(n, 6);
    for (auto& x : v) x = std::fabs(x);
    auto q = p, k = m, w = v;
    options.apply<float>(9, g.data(), p.data(), m.data(), v.data(), n);
    options.apply<float>(9, g.data(), q.data(), k.data(), w.data(), cut);
    options.apply<float>(9, g.data() + cut, q.data() + cut, k.data() + cut, w.data() + cut, n - cut);
    CHECK(p == q);
    CHECK(m == k);
    CHECK(v == w);
}

TEST_CASE("adam: a parameter without gradient rests", "[train]") {
    float p = 0.5F, m = 0, v = 0;
    const float g = 0;
    adam{}.apply<float>(1, &g, &p, &m, &v, 1);
    CHECK(p == 0.5F);
}

TEST_CASE("adam: is an aggregate with PyTorch's names and defaults", "[train]") {
    static_assert(std::is_aggregate_v<adam>);
    static_assert(adam{.rate = 0.5F}.rate == 0.5);
    static_assert(adam::slots == 2);
    static_assert(needs_state0(adam{}));
    CHECK(adam{}.rate == 1e-3);
    CHECK(adam{}.beta1 == 0.9);
    CHECK(adam{}.beta2 == 0.999);
    CHECK(adam{}.epsilon == 1e-8);
}

TEST_CASE("adam: options that make no sense are errors", "[train]") {
    CHECK(complaint(adam{}).empty());
    CHECK(complaint(adam{.beta1 = 0, .beta2 = 0, .epsilon = 0}).empty());
    CHECK(complaint(adam{.rate = -1})
          == "strata: adam: the learning rate is -1.000000 and must be a positive number; try adam{.rate = "
             "0.001}.");
    CHECK(complaint(adam{.rate = NAN}).find("learning rate is nan") != std::string::npos);
    CHECK(complaint(adam{.beta1 = 1}).find("beta1 is 1") != std::string::npos);
    CHECK(complaint(adam{.beta1 = -0.5}).find("beta1 is -0.5") != std::string::npos);
    CHECK(complaint(adam{.beta2 = 1.5}).find("beta2 is 1.5") != std::string::npos);
    CHECK(complaint(adam{.beta2 = NAN}).find("beta2 is nan") != std::string::npos);
    CHECK(complaint(adam{.epsilon = -1}).find("epsilon is -1") != std::string::npos);
}
