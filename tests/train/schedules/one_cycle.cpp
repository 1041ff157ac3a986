#include "schedule_list.hpp"
#include <strata/train/schedules/one_cycle.hpp>

using namespace schedule_tests;

TEST_CASE("one_cycle: PyTorch's factors", "[train]") {
    STRATA_SAME_FACTORS(one_cycle{});
    STRATA_SAME_FACTORS(one_cycle{.pct_start = 0.45, .div_factor = 10, .final_div_factor = 100});
}

TEST_CASE("one_cycle: fits of few steps and parts of nothing give finite factors", "[train]") {
    for (const double part : {0.0, 0.3, 0.5, 1.0})
        for (const int steps : {1, 2, 3, 10})
            for (int step = 0; step < steps; ++step) {
                const double factor = one_cycle{.pct_start = part}({.step = step, .steps = steps});
                INFO("part " << part << ", step " << step << " of " << steps);
                CHECK(factor >= 1 / (25 * 1e4) * 0.999);
                CHECK(factor <= 1.000001); // the ends are made of sums, which round
            }
    CHECK(one_cycle{.pct_start = 0.5}({.step = 4, .steps = 10}) == 1);                      // the peak
    CHECK(std::fabs(one_cycle{.pct_start = 0.5}({.step = 9, .steps = 10}) - 4e-6) < 1e-15); // 1 / 25 / 1e4; ulps of 1
}

TEST_CASE("one_cycle: options that make no sense are errors", "[train]") {
    CHECK(complaint(one_cycle{}).empty());
    CHECK(complaint(one_cycle{.pct_start = 1.5})
          == "strata: one_cycle: the rising fraction is 1.5, but must be at least 0 and at most 1; try "
             "one_cycle{.pct_start = 0.3}.");
    CHECK(complaint(one_cycle{.div_factor = 0}).find("div_factor is 0") != std::string::npos);
    CHECK(complaint(one_cycle{.final_div_factor = -1}).find("final_div_factor is -1") != std::string::npos);
}
