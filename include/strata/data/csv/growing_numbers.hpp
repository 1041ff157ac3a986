#pragma once
#include <strata/base/abi.hpp>

#include <vector>

namespace strata::inline STRATA_ABI::data {

/// growing_numbers — numbers that are added one after another: floats, as long as those hold every digit, and from the
/// first that needs more on all of them as doubles.
struct growing_numbers {
    std::vector<float> floats{};
    std::vector<double> doubles{};

    void add(double x) {
        if (doubles.empty()) {
            const auto narrow = static_cast<float>(x);
            if (static_cast<double>(narrow) == x) {
                floats.push_back(narrow);
                return;
            }
            doubles.assign(floats.begin(), floats.end());
            floats = {};
        }
        doubles.push_back(x);
    }
};

} // namespace strata::inline STRATA_ABI::data
