#include "schedule_list.hpp"
#include <strata/train/schedules/plateau.hpp>

using namespace schedule_tests;

TEST_CASE("plateau: PyTorch's factors", "[train]") {
    STRATA_SAME_FACTORS(plateau{});
    STRATA_SAME_FACTORS(plateau{.factor = 0.5, .patience = 2});
    STRATA_SAME_FACTORS(plateau{.factor = 0.5, .patience = 0, .cooldown = 2, .min_factor = 0.2});
    STRATA_SAME_FACTORS(plateau{.factor = 0.25, .patience = 1, .threshold = 0.25});
}

TEST_CASE("plateau: a copy of the schedule begins where the copied one stands", "[train]") {
    schedule_function one = plateau{.factor = 0.5, .patience = 0};
    CHECK(one({.epoch = 1, .loss = 1}) == 1); // better than nothing
    schedule_function other = one;
    CHECK(one({.epoch = 2, .loss = 1}) == 0.5);
    CHECK(one({.epoch = 2, .loss = 1}) == 0.5); // an epoch counts once
    CHECK(other({.epoch = 2, .loss = 0.5}) == 1);
    other = one;
    CHECK(other({.epoch = 3, .loss = 1}) == 0.25);
    CHECK(one({.epoch = 2, .loss = 1}) == 0.5);
}

TEST_CASE("plateau: options that make no sense are errors", "[train]") {
    CHECK(complaint(plateau{}).empty());
    CHECK(complaint(plateau{.factor = 1})
          == "strata: plateau: the factor is 1, but must be at least 0 and less than 1; try plateau{.factor = 0.1}.");
    CHECK(complaint(plateau{.patience = -1}).find("patience is -1") != std::string::npos);
    CHECK(complaint(plateau{.threshold = 1}).find("threshold is 1") != std::string::npos);
    CHECK(complaint(plateau{.cooldown = -1}).find("cooldown is -1") != std::string::npos);
    CHECK(complaint(plateau{.min_factor = 2}).find("smallest factor is 2") != std::string::npos);
}
