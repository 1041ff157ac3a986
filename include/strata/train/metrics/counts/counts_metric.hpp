#pragma once
#include <strata/train/metrics/counts/binary_counts.hpp>

namespace strata::inline STRATA_ABI::detail {

/// What the metrics over the counts of one class have in common: all but their name, value and standard error.
struct counts_metric {
    static constexpr bool higher_is_better = true;
    static constexpr bool takes_class_index = false;

    template <class T>
    constexpr void add(const T* output, const T* target, int n) noexcept {
        counts_.add(output, target, n);
    }
    [[nodiscard]] constexpr const binary_counts& counts() const noexcept { return counts_; }
    constexpr void clear() noexcept { counts_ = {}; }

  private:
    binary_counts counts_;
};

} // namespace strata::inline STRATA_ABI::detail
