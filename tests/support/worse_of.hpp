#pragma once
/// worse_of — the larger of two errors. Not-a-number is larger than any, and stays.
#include <cmath>

namespace strata_tests {

inline double worse_of(double worst, double off) { return std::isnan(worst) || off <= worst ? worst : off; }

} // namespace strata_tests
