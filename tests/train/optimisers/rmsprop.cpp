#include "catch.hpp"
#include "trajectory.hpp"
#include <strata/train/optimisers/rmsprop.hpp>
#include <type_traits>

using namespace optimiser_tests;
using strata::rmsprop;

TEST_CASE("rmsprop: numbers worked out by hand", "[train]") {
    double p = 1, v = 0, b = 0, a = 0, g = 4;
    double* const state[] = {&v, &b, &a};
    rmsprop{.rate = 0.25, .alpha = 0.75, .epsilon = 0}.apply<double>(1, &g, &p, state, 1);
    CHECK(v == 4);   // 16 / 4
    CHECK(p == 0.5); // 1 - 0.25 * 4 / 2
    CHECK(b == 0);   // not touched
    CHECK(a == 0);

    p = 1, v = 0;
    const rmsprop heavy{.rate = 0.25, .alpha = 0.75, .epsilon = 2, .momentum = 0.5};
    heavy.apply<double>(1, &g, &p, state, 1);
    CHECK(b == 1); // 4 / (2 + 2)
    CHECK(p == 0.75);
    g = 0;
    heavy.apply<double>(2, &g, &p, state, 1);
    CHECK(b == 0.5);
    CHECK(p == 0.625);
    CHECK(a == 0);

    p = 1, v = 0, b = 0, g = 4;
    rmsprop{.rate = 0.25, .alpha = 0.5, .epsilon = 0, .centered = true}.apply<double>(1, &g, &p, state, 1);
    CHECK(v == 8);
    CHECK(a == 2);
    CHECK(p == 0.5); // 1 - 0.25 * 4 / sqrt(8 - 4)
    CHECK(b == 0);
}

TEST_CASE("rmsprop: a variance that rounding makes negative counts as none", "[train]") {
    // A gradient that stays: v − a² becomes smaller than what v is rounded by.
    fitted<float, rmsprop> fit{rmsprop{.rate = 1e-9, .alpha = 0.5, .epsilon = 1, .centered = true},
                               std::vector<float>(64, 1.0F)};
    std::vector<float> g(64);
    for (std::size_t i = 0; i < g.size(); ++i) g[i] = 1.0F + 0.013F * static_cast<float>(i);
    bool negative = false;
    for (int step = 1; step <= 200; ++step) {
        fit.apply(step, g);
        for (std::size_t i = 0; i < g.size(); ++i)
            negative = negative || fit.state[i] < fit.state[128 + i] * fit.state[128 + i];
    }
    CHECK(negative); // what this is about did happen
    for (const float p : fit.p)
        CHECK(std::fabs(p - 1.0F) < 1e-4F); // 200 steps of 2e-9 at most; a square root of −1e-7 is NaN
}

TEST_CASE("rmsprop: PyTorch's trajectories", "[train]") {
    trajectories all;
    // A hundred subtractions, each rounding the parameter by half an ulp, 6e-8, of its largest value on the way.
    const double bound = 6e-6;
    STRATA_FOLLOW(all, bound, rmsprop{});
    STRATA_FOLLOW(all, bound, rmsprop{.centered = true});
    STRATA_FOLLOW(all, bound, rmsprop{.momentum = 0.875});
    STRATA_FOLLOW(all, bound, rmsprop{.momentum = 0.875, .centered = true});
    STRATA_FOLLOW(all, bound, rmsprop{.weight_decay = 0.0625});
    STRATA_FOLLOW(all, bound, rmsprop{.weight_decay = 0.0625, .centered = true});
    STRATA_FOLLOW(all, bound, rmsprop{.weight_decay = 0.0625, .momentum = 0.875});
    STRATA_FOLLOW(all, bound, rmsprop{.weight_decay = 0.0625, .momentum = 0.875, .centered = true});
    STRATA_FOLLOW(all, bound, rmsprop{.rate = 0.0625, .alpha = 0.875, .epsilon = 0.125});
    STRATA_FOLLOW(all, bound, rmsprop{.rate = 0.0625, .alpha = 0.875, .epsilon = 0.125, .centered = true});
    STRATA_FOLLOW(all, bound, rmsprop{.rate = 0.0625, .alpha = 0.875, .epsilon = 0.125, .momentum = 0.875});
    STRATA_FOLLOW(all, bound,
                  rmsprop{.rate = 0.0625, .alpha = 0.875, .epsilon = 0.125, .momentum = 0.875, .centered = true});
    all.all_followed("rmsprop");
}

TEST_CASE("rmsprop: a range in parts gives the same bits", "[train]") {
    check_splits<float>(rmsprop{});
    check_splits<float>(rmsprop{.weight_decay = 0.01, .momentum = 0.9});
    check_splits<float>(rmsprop{.weight_decay = 0.01, .momentum = 0.9, .centered = true});
    check_splits<double>(rmsprop{.centered = true});
}

TEST_CASE("rmsprop: is an aggregate with PyTorch's names and defaults; what makes no sense is an error", "[train]") {
    static_assert(std::is_aggregate_v<rmsprop>);
    static_assert(rmsprop{}.rate == 1e-2 && rmsprop{}.alpha == 0.99 && rmsprop{}.epsilon == 1e-8);
    static_assert(rmsprop{}.weight_decay == 0 && rmsprop{}.momentum == 0 && !rmsprop{}.centered);
    static_assert(rmsprop::states == 3);
    CHECK(complaint(rmsprop{}).empty());
    CHECK(complaint(rmsprop{.rate = -1}).find("learning rate is -1") != std::string::npos);
    CHECK(complaint(rmsprop{.alpha = 1})
          == "strata: rmsprop: the alpha is 1, but must be at least 0 and less than 1; try rmsprop{.alpha = 0.99}.");
    CHECK(complaint(rmsprop{.epsilon = -1}).find("epsilon is -1") != std::string::npos);
    CHECK(complaint(rmsprop{.weight_decay = NAN}).find("weight decay is nan") != std::string::npos);
    CHECK(complaint(rmsprop{.momentum = 1.5}).find("momentum is 1.5") != std::string::npos);
}
