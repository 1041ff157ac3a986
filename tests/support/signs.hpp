#pragma once
/// A data set to train on: n samples of three random features; which of two classes is the sign of the first.
#include "random_numbers.hpp"

#include <cstddef>
#include <cstdint>
#include <strata/data/in_memory.hpp>

namespace strata_tests {

inline strata::data::contents contents_of_signs(int n, std::uint64_t seed = 11) {
    strata::data::contents c{.sample = strata::shape(3), .classes = 2};
    c.floats = random_numbers<float>(3LL * n, seed);
    for (int i = 0; i < n; ++i) c.labels.push_back(c.floats[static_cast<std::size_t>(3 * i)] > 0 ? 1 : 0);
    return c;
}
inline strata::data::in_memory<> signs(int n, std::uint64_t seed = 11) {
    return strata::data::in_memory<>(contents_of_signs(n, seed));
}

} // namespace strata_tests
