#include "schedule_list.hpp"
#include <strata/train/schedules/constant.hpp>
#include <strata/train/schedules/cosine.hpp>

using namespace schedule_tests;

TEST_CASE("constant and cosine: plain functions of the progress", "[train]") {
    CHECK(constant(0) == 1);
    CHECK(constant(0.9) == 1);
    CHECK(cosine(0) == 1);
    CHECK(std::fabs(cosine(0.5) - 0.5) < 1e-15); // the cosine of a rounded pi / 2 is 6e-17
    CHECK(cosine(1) == 0);
}

TEST_CASE("cosine: PyTorch's factors", "[train]") { STRATA_SAME_FACTORS(cosine); }
