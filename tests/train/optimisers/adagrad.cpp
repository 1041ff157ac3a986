#include "catch.hpp"
#include "trajectory.hpp"
#include <strata/train/optimisers/adagrad.hpp>
#include <type_traits>

using namespace optimiser_tests;
using strata::adagrad;

TEST_CASE("adagrad: numbers worked out by hand", "[train]") {
    double p = 1, s = 0, g = 3;
    double* const state[] = {&s};
    const adagrad options{.rate = 0.5, .rate_decay = 1, .initial_accumulator = 7, .epsilon = 2};
    options.apply<double>(1, &g, &p, state, 1);
    CHECK(s == 9);    // without the initial value
    CHECK(p == 0.75); // 1 - 0.5 * 3 / (sqrt(7 + 9) + 2)
    g = 0;
    options.apply<double>(2, &g, &p, state, 1);
    CHECK(p == 0.75);

    p = 2, s = 0, g = 1;
    adagrad{.rate = 0.5, .rate_decay = 1, .weight_decay = 1, .epsilon = 1}.apply<double>(3, &g, &p, state, 1);
    CHECK(s == 9);                                             // (1 + 1 * 2)²
    CHECK(std::fabs(p - (2 - 0.5 / 3 * 3 / (3 + 1))) < 1e-15); // an ulp is 2.2e-16
}

TEST_CASE("adagrad: PyTorch's trajectories", "[train]") {
    trajectories all;
    // A hundred subtractions, each rounding a number around 1 by half an ulp, 6e-8.
    const double bound = 6e-6;
    STRATA_FOLLOW(all, bound, adagrad{});
    STRATA_FOLLOW(all, bound, adagrad{.initial_accumulator = 0.5});
    STRATA_FOLLOW(all, bound, adagrad{.weight_decay = 0.0625});
    STRATA_FOLLOW(all, bound, adagrad{.weight_decay = 0.0625, .initial_accumulator = 0.5});
    STRATA_FOLLOW(all, bound, adagrad{.rate_decay = 0.125});
    STRATA_FOLLOW(all, bound, adagrad{.rate_decay = 0.125, .initial_accumulator = 0.5});
    STRATA_FOLLOW(all, bound, adagrad{.rate_decay = 0.125, .weight_decay = 0.0625});
    STRATA_FOLLOW(all, bound, adagrad{.rate_decay = 0.125, .weight_decay = 0.0625, .initial_accumulator = 0.5});
    STRATA_FOLLOW(all, bound, adagrad{.rate = 0.25, .epsilon = 0.125});
    all.all_followed("adagrad");
}

TEST_CASE("adagrad: a range in parts gives the same bits", "[train]") {
    check_splits<float>(adagrad{});
    check_splits<double>(adagrad{.rate = 0.1, .rate_decay = 0.1, .weight_decay = 0.01, .initial_accumulator = 1});
}

TEST_CASE("adagrad: is an aggregate with PyTorch's names and defaults; what makes no sense is an error", "[train]") {
    static_assert(std::is_aggregate_v<adagrad>);
    static_assert(adagrad{}.rate == 1e-2 && adagrad{}.rate_decay == 0 && adagrad{}.weight_decay == 0);
    static_assert(adagrad{}.initial_accumulator == 0 && adagrad{}.epsilon == 1e-10 && adagrad::states == 1);
    CHECK(complaint(adagrad{}).empty());
    CHECK(complaint(adagrad{.rate = NAN}).find("learning rate is nan") != std::string::npos);
    CHECK(complaint(adagrad{.rate_decay = -1}).find("rate decay is -1") != std::string::npos);
    CHECK(complaint(adagrad{.weight_decay = -1}).find("weight decay is -1") != std::string::npos);
    CHECK(complaint(adagrad{.initial_accumulator = -0.5})
          == "strata: adagrad: the initial accumulator is -0.5, but must be a number not less than 0; try "
             "adagrad{.initial_accumulator = 0.1}.");
    CHECK(complaint(adagrad{.epsilon = -1}).find("epsilon is -1") != std::string::npos);
}
