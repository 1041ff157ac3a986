#include "catch.hpp"
#include "trajectory.hpp"
#include <cmath>
#include <strata/train/optimisers/sgd.hpp>
#include <type_traits>

using namespace optimiser_tests;
using strata::sgd;

namespace {

/// The formula once more: one parameter, in double.
struct scalar_sgd {
    double rate, momentum;
    bool nesterov;
    double buffer = 0;
    void step(int number, double g, double& p) {
        buffer = number == 1 ? g : momentum * buffer + g; // PyTorch's way of beginning
        p -= rate * (nesterov ? g + momentum * buffer : momentum != 0 ? buffer : g);
    }
};

} // namespace

TEST_CASE("sgd: numbers worked out by hand", "[train]") {
    float p = 1, b = 0, g = 0.5F;
    sgd{.rate = 0.25}.apply<float>(1, &g, &p, nullptr, nullptr, 1);
    CHECK(p == 0.875F); // 1 - 0.25 * 0.5

    const sgd heavy{.rate = 0.25, .momentum = 0.5};
    p = 1;
    heavy.apply<float>(1, &g, &p, &b, nullptr, 1);
    CHECK(b == 0.5F); // the first gradient
    CHECK(p == 0.875F);
    heavy.apply<float>(2, &g, &p, &b, nullptr, 1);
    CHECK(b == 0.75F);   // 0.5 * 0.5 + 0.5
    CHECK(p == 0.6875F); // 0.875 - 0.25 * 0.75

    const sgd ahead{.rate = 0.25, .momentum = 0.5, .nesterov = true};
    p = 1;
    b = 0;
    ahead.apply<float>(1, &g, &p, &b, nullptr, 1);
    CHECK(p == 0.8125F); // 1 - 0.25 * (0.5 + 0.5 * 0.5)
    ahead.apply<float>(2, &g, &p, &b, nullptr, 1);
    CHECK(p == 0.59375F); // 0.8125 - 0.25 * (0.5 + 0.5 * 0.75)
}

TEST_CASE("sgd: twenty steps as a scalar in double makes them, at any length", "[train]") {
    for (const sgd options : {sgd{.rate = 0.1}, sgd{.rate = 0.1, .momentum = 0.9},
                              sgd{.rate = 0.1, .momentum = 0.9, .nesterov = true}})
        for (const std::size_t n : {0U, 1U, 7U, 16U, 17U, 1000U}) {
            auto p = normal_numbers<float>(n, 1);
            std::vector<double> q(p.begin(), p.end());
            std::vector<scalar_sgd> scalars(n, {options.rate, options.momentum, options.nesterov});
            std::vector<float> b(n);
            for (int step = 1; step <= steps; ++step) {
                const auto g = normal_numbers<float>(n, 100U + static_cast<unsigned>(step));
                options.apply<float>(step, g.data(), p.data(), b.data(), nullptr, n);
                for (std::size_t i = 0; i < n; ++i) scalars[i].step(step, static_cast<double>(g[i]), q[i]);
            }
            INFO("momentum " << options.momentum << ", n " << n);
            // 20 steps, a few roundings of half an ulp (6e-8) each, buffers up to 10: 20 * 0.1 * 10 * 6e-8
            // = 1.2e-6
            CHECK(difference(p, q) < 1.2e-6);
        }
}

TEST_CASE("sgd: PyTorch's trajectories", "[train]") {
    const std::pair<const char*, sgd> cases[] = {
        {"sgd", {.rate = 0.125}},
        {"sgd_momentum", {.rate = 0.125, .momentum = 0.875}},
        {"sgd_nesterov", {.rate = 0.125, .momentum = 0.875, .nesterov = true}}};
    for (const auto& [name, options] : cases) {
        const auto expected = pytorch(name);
        INFO(name);
        REQUIRE(expected.values.size() == (steps + 1) * parameters);
        CHECK(follow<double>(options, expected) < 1e-14); // the same arithmetic, up to its order
        CHECK(follow<float>(options, expected) < 1.2e-6); // float's half ulp, 6e-8, in 20 steps
    }
}

TEST_CASE("sgd: a range in parts gives the same bits", "[train]") {
    const sgd options{.rate = 0.1, .momentum = 0.9, .nesterov = true};
    constexpr std::size_t n = 1003, cut = 512;
    const auto g = normal_numbers<float>(n, 3);
    auto p = normal_numbers<float>(n, 4), b = normal_numbers<float>(n, 5), q = p, c = b;
    options.apply<float>(1, g.data(), p.data(), b.data(), nullptr, n);
    options.apply<float>(1, g.data(), q.data(), c.data(), nullptr, cut);
    options.apply<float>(1, g.data() + cut, q.data() + cut, c.data() + cut, nullptr, n - cut);
    CHECK(p == q);
    CHECK(b == c);
}

TEST_CASE("sgd: is an aggregate with PyTorch's names and says what state it needs", "[train]") {
    static_assert(std::is_aggregate_v<sgd>);
    static_assert(sgd{.rate = 1e-3F}.momentum == 0 && !sgd{}.nesterov);
    static_assert(sgd::slots == 1);
    static_assert(!needs_state0(sgd{}));
    static_assert(needs_state0(sgd{.momentum = 0.5}));
    CHECK(sgd{}.rate == 0.01);
}

TEST_CASE("sgd: options that make no sense are errors", "[train]") {
    CHECK(complaint(sgd{}).empty());
    CHECK(complaint(sgd{.rate = 1, .momentum = 0.99, .nesterov = true}).empty());
    CHECK(complaint(sgd{.rate = 0})
          == "strata: sgd: the learning rate is 0.000000 and must be a positive number; try sgd{.rate = "
             "0.01}.");
    CHECK(complaint(sgd{.rate = -1}).find("learning rate is -1") != std::string::npos);
    CHECK(complaint(sgd{.rate = NAN}).find("learning rate is nan") != std::string::npos);
    CHECK(complaint(sgd{.rate = HUGE_VAL}).find("learning rate is inf") != std::string::npos);
    CHECK(complaint(sgd{.momentum = 1}).find("momentum is 1") != std::string::npos);
    CHECK(complaint(sgd{.momentum = -0.1}).find("momentum is -0.1") != std::string::npos);
    CHECK(
        complaint(sgd{.nesterov = true})
        == "strata: sgd: nesterov needs a momentum, which is 0; try sgd{.momentum = 0.9, .nesterov = true}.");
}
