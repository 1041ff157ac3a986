#include "schedule_list.hpp"
#include <strata/train/schedules/cosine.hpp>
#include <strata/train/schedules/plateau.hpp>
#include <strata/train/schedules/step_decay.hpp>
#include <strata/train/schedules/warm_up.hpp>

using namespace schedule_tests;

TEST_CASE("warm_up: PyTorch's factors", "[train]") {
    STRATA_SAME_FACTORS(warm_up{});
    STRATA_SAME_FACTORS(warm_up{.epochs = 2.4, .start = 0.25});
    STRATA_SAME_FACTORS(warm_up{.epochs = 4, .start = 0.125, .then = cosine});
    STRATA_SAME_FACTORS(warm_up{.epochs = 2, .then = step_decay{.every = 7, .gamma = 0.5}});
}

TEST_CASE("warm_up: what it wraps sees the rest as a fit of its own", "[train]") {
    schedule_point seen;
    warm_up both{.epochs = 2, .start = 0, .then = [&](const schedule_point& at) {
                     seen = at;
                     return 0.5;
                 }};
    CHECK(both({.progress = 0.1, .epoch = 1, .epochs = 10, .step = 5, .steps = 50}) == 0.5); // 5 of 10 steps
    CHECK(seen.steps == 1);                                                                  // not asked yet
    CHECK(both({.progress = 0.6, .epoch = 6, .epochs = 10, .step = 30, .steps = 50, .loss = 3}) == 0.5);
    CHECK(seen.step == 20);
    CHECK(seen.steps == 40);
    CHECK(seen.epoch == 4);
    CHECK(seen.epochs == 8);
    CHECK(std::fabs(seen.progress - 0.5) < 1e-15); // (0.6 − 0.2) / 0.8
    CHECK(seen.loss == 3);
}

TEST_CASE("warm_up: may be as long as the fit, or longer", "[train]") {
    warm_up rise{.epochs = 20, .start = 0, .then = [](double) { return -1.0; }};
    for (int step = 0; step < 10; ++step) CHECK(rise({.epochs = 10, .step = step, .steps = 10}) == step / 20.0);
}

TEST_CASE("warm_up: options that make no sense are errors", "[train]") {
    CHECK(complaint(warm_up{}).empty());
    CHECK(complaint(warm_up{.epochs = -1})
          == "strata: warm_up: the number of epochs is -1, but must be a number not less than 0; try warm_up{.epochs = "
             "1}.");
    CHECK(complaint(warm_up{.start = 2}).find("first factor is 2") != std::string::npos);
}
