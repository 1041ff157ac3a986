#include "schedule_list.hpp"
#include <strata/train/schedules/step_decay.hpp>

using namespace schedule_tests;

TEST_CASE("step_decay: PyTorch's factors", "[train]") {
    STRATA_SAME_FACTORS(step_decay{});
    STRATA_SAME_FACTORS(step_decay{.every = 7, .gamma = 0.5});
}

TEST_CASE("step_decay: options that make no sense are errors", "[train]") {
    CHECK(complaint(step_decay{}).empty());
    CHECK(complaint(step_decay{.every = 0})
          == "strata: step_decay: the number of epochs is 0, but must be at least 1; try step_decay{.every = 10}.");
    CHECK(complaint(step_decay{.gamma = -1}).find("gamma is -1") != std::string::npos);
}
