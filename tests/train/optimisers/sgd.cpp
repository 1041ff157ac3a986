#include "catch.hpp"
#include "trajectory.hpp"
#include <cmath>
#include <strata/train/optimisers/sgd.hpp>
#include <type_traits>

using namespace optimiser_tests;
using strata::sgd;

TEST_CASE("sgd: numbers worked out by hand", "[train]") {
    float p = 1, b = 0, g = 0.5F;
    float* const state[] = {&b};
    sgd{.rate = 0.25}.apply<float>(1, &g, &p, nullptr, 1);
    CHECK(p == 0.875F); // 1 - 0.25 * 0.5
    sgd{.rate = 0.25, .weight_decay = 0.5}.apply<float>(2, &g, &p, nullptr, 1);
    CHECK(p == 0.640625F); // 0.875 - 0.25 * (0.5 + 0.5 * 0.875)

    const sgd heavy{.rate = 0.25, .momentum = 0.5};
    p = 1;
    heavy.apply<float>(1, &g, &p, state, 1);
    CHECK(b == 0.5F); // the first gradient
    CHECK(p == 0.875F);
    heavy.apply<float>(2, &g, &p, state, 1);
    CHECK(b == 0.75F);   // 0.5 * 0.5 + 0.5
    CHECK(p == 0.6875F); // 0.875 - 0.25 * 0.75

    const sgd damped{.rate = 0.25, .momentum = 0.5, .dampening = 0.75};
    p = 1;
    b = 0;
    damped.apply<float>(1, &g, &p, state, 1);
    CHECK(b == 0.5F); // the first gradient, undampened
    damped.apply<float>(2, &g, &p, state, 1);
    CHECK(b == 0.375F);   // 0.5 * 0.5 + 0.25 * 0.5
    CHECK(p == 0.78125F); // 0.875 - 0.25 * 0.375

    const sgd ahead{.rate = 0.25, .momentum = 0.5, .nesterov = true};
    p = 1;
    b = 0;
    ahead.apply<float>(1, &g, &p, state, 1);
    CHECK(p == 0.8125F); // 1 - 0.25 * (0.5 + 0.5 * 0.5)
    ahead.apply<float>(2, &g, &p, state, 1);
    CHECK(p == 0.59375F); // 0.8125 - 0.25 * (0.5 + 0.5 * 0.75)
}

TEST_CASE("sgd: PyTorch's trajectories", "[train]") {
    trajectories all;
    // A hundred steps, each rounding gradient, buffer and parameter by half an ulp, 6e-8, of what they are together.
    const double bound = 6e-6;
    STRATA_FOLLOW(all, bound, sgd{.rate = 0.125});
    STRATA_FOLLOW(all, bound, sgd{.rate = 0.125, .weight_decay = 0.0625});
    STRATA_FOLLOW(all, bound, sgd{.rate = 0.125, .momentum = 0.875});
    STRATA_FOLLOW(all, bound, sgd{.rate = 0.125, .momentum = 0.875, .weight_decay = 0.0625});
    STRATA_FOLLOW(all, bound, sgd{.rate = 0.125, .momentum = 0.875, .dampening = 0.25});
    STRATA_FOLLOW(all, bound, sgd{.rate = 0.125, .momentum = 0.875, .dampening = 0.25, .weight_decay = 0.0625});
    STRATA_FOLLOW(all, bound, sgd{.rate = 0.125, .momentum = 0.875, .nesterov = true});
    STRATA_FOLLOW(all, bound, sgd{.rate = 0.125, .momentum = 0.875, .weight_decay = 0.0625, .nesterov = true});
    all.all_followed("sgd");
}

TEST_CASE("sgd: a range in parts gives the same bits", "[train]") {
    check_splits<float>(sgd{.rate = 0.1});
    check_splits<float>(sgd{.rate = 0.1, .momentum = 0.9, .dampening = 0.3, .weight_decay = 0.01});
    check_splits<double>(sgd{.rate = 0.1, .momentum = 0.9, .nesterov = true});
}

TEST_CASE("sgd: is an aggregate with PyTorch's names and defaults", "[train]") {
    static_assert(std::is_aggregate_v<sgd>);
    static_assert(sgd{.rate = 1e-3F}.momentum == 0 && !sgd{}.nesterov);
    static_assert(sgd::states == 1);
    static_assert(sgd{}.dampening == 0 && sgd{}.weight_decay == 0);
    CHECK(sgd{}.rate == 0.01);
}

TEST_CASE("sgd: options that make no sense are errors", "[train]") {
    CHECK(complaint(sgd{}).empty());
    CHECK(complaint(sgd{.rate = 1, .momentum = 0.99, .nesterov = true}).empty());
    CHECK(complaint(sgd{.rate = 0})
          == "strata: sgd: the learning rate is 0, but must be a positive number; try sgd{.rate = 0.01}.");
    CHECK(complaint(sgd{.rate = -1}).find("learning rate is -1") != std::string::npos);
    CHECK(complaint(sgd{.rate = NAN}).find("learning rate is nan") != std::string::npos);
    CHECK(complaint(sgd{.rate = HUGE_VAL}).find("learning rate is inf") != std::string::npos);
    CHECK(complaint(sgd{.momentum = 1}).find("momentum is 1") != std::string::npos);
    CHECK(complaint(sgd{.momentum = -0.1}).find("momentum is -0.1") != std::string::npos);
    CHECK(complaint(sgd{.nesterov = true})
          == "strata: sgd: nesterov needs a momentum above 0; try sgd{.momentum = 0.9, .nesterov = true}.");
    CHECK(complaint(sgd{.momentum = 0.5, .dampening = 2}).find("dampening is 2") != std::string::npos);
    CHECK(complaint(sgd{.weight_decay = -1}).find("weight decay is -1") != std::string::npos);
    CHECK(complaint(sgd{.momentum = 0.5, .dampening = 0.5, .nesterov = true}).find("not defined with dampening")
          != std::string::npos);
}
