#pragma once
/// How far two lists of numbers are apart, and the demand that it be little.
#include "catch.hpp"
#include <cmath>
#include <vector>

namespace strata_tests {

/// The largest difference, as a fraction of the largest of `expected` (or of 1e-3, where all are smaller:
/// below that the rounding of numbers near 1, which they are sums of, would be measured). Not-a-number is
/// infinitely far away.
template <class T, class U>
double distance(const std::vector<T>& actual, const std::vector<U>& expected) {
    if (actual.size() != expected.size()) return HUGE_VAL;
    double worst = 0, largest = 1e-3;
    for (std::size_t i = 0; i < actual.size(); ++i) {
        const double difference = std::fabs(static_cast<double>(actual[i]) - static_cast<double>(expected[i]));
        if (!(difference <= worst)) worst = std::isnan(difference) ? HUGE_VAL : difference;
        largest = std::fmax(largest, std::fabs(static_cast<double>(expected[i])));
    }
    return worst / largest;
}

} // namespace strata_tests
