#include "schedule_list.hpp"
#include <strata/train/schedules/exponential_decay.hpp>

using namespace schedule_tests;

TEST_CASE("exponential_decay: PyTorch's factors", "[train]") { STRATA_SAME_FACTORS(exponential_decay{.gamma = 0.9}); }

TEST_CASE("exponential_decay: options that make no sense are errors", "[train]") {
    CHECK(complaint(exponential_decay{}).empty());
    CHECK(complaint(exponential_decay{.gamma = 0})
          == "strata: exponential_decay: the gamma is 0, but must be a positive number; try exponential_decay{.gamma = "
             "0.95}.");
}
