#pragma once
/// A sample of a data set, its target behind it.
#include <strata/data/data_set.hpp>

#include <cstddef>
#include <vector>

namespace strata_tests {

template <class Set>
std::vector<float> sample_of(const Set& set, std::size_t i) {
    std::vector<float> x(static_cast<std::size_t>(set.sample_shape().size()));
    typename Set::target_type target;
    if constexpr (strata::data::dense_targets<Set>) {
        std::vector<float> t(static_cast<std::size_t>(set.target_shape().size()));
        target.into = t;
        set.read(i, {}, x, target);
        x.insert(x.end(), t.begin(), t.end());
    } else {
        set.read(i, {}, x, target);
        x.push_back(static_cast<float>(target.value));
    }
    return x;
}

} // namespace strata_tests
