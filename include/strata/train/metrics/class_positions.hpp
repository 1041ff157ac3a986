#pragma once
/// class_positions — class targets as metrics see them: each position is a sample, unless its class is negative.
#include <strata/base/shape.hpp>
#include <strata/data/target.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// visit(scores, class, n) for each position of samples with outputs of that shape.
template <class T, class Visit>
[[gnu::noinline]] void each_class_position(const T* output, const std::int32_t* classes, int samples, const shape& each,
                                           const Visit& visit) {
    const int n = each.channels(), positions = each.positions();
    const bool together = positions == 1 || each.axes == role::sequence; // else channels stand apart
    std::vector<T> x(together ? 0 : static_cast<std::size_t>(n));
    for (int s = 0; s < samples; ++s, output += each.size())
        for (int p = 0; p < positions; ++p) {
            const std::int32_t actual = *classes++;
            if (actual < 0) continue;
            for (std::size_t k = 0; k < x.size(); ++k) x[k] = output[static_cast<std::ptrdiff_t>(k) * positions + p];
            visit(together ? output + static_cast<std::ptrdiff_t>(p) * n : static_cast<const T*>(x.data()), actual, n);
        }
}

/// A metric that takes no class numbers gets one-hot numbers.
template <class Metric, class T>
void add_class(Metric& m, const T* scores, std::int32_t actual, int n) {
    if constexpr (requires { m.add(scores, data::class_index{}, n); }) {
        m.add(scores, data::class_index{actual}, n);
    } else {
        std::vector<T> one_hot(static_cast<std::size_t>(n));
        one_hot[n == 1 ? 0 : static_cast<std::size_t>(actual)] = n == 1 ? static_cast<T>(actual) : T(1);
        m.add(scores, static_cast<const T*>(one_hot.data()), n);
    }
}

} // namespace strata::inline STRATA_ABI::detail
