#pragma once
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI::detail {

/// The first index of the largest of n elements; -1 for none, or when an element is not a number.
template <class T>
constexpr int largest_index(const T* x, int n) noexcept {
    int place = n > 0 ? 0 : -1;
    for (int i = 0; i < n; ++i) {
        if (x[i] != x[i]) return -1;
        if (x[i] > x[place]) place = i;
    }
    return place;
}

} // namespace strata::inline STRATA_ABI::detail
