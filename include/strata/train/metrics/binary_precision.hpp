#pragma once
/// binary_precision — the share of yes predictions that are right.
///
/// Shapes   output [n] (logits: yes above 0), target [n] (yes above 0.5); every element is a decision
/// Yes is class 1 where targets are class numbers: of a CSV file the second of class_names(), of -1 and +1 the +1.
/// Ties, NaN, empty denominators and the standard error, with sources: binary_counts.hpp. The decisions of one sample
/// count as independent.
/// Errors   none
#include <strata/train/metrics/binary_counts.hpp>

namespace strata::inline STRATA_ABI {

struct binary_precision {
    static constexpr const char* name = "binary_precision";
    static constexpr bool higher_is_better = true;
    static constexpr bool takes_class_index = false;

    template <class T>
    constexpr void add(const T* output, const T* target, int n) noexcept {
        counts_.add(output, target, n);
    }
    [[nodiscard]] double value() const noexcept { return counts_.precision(); }
    [[nodiscard]] double standard_error() const noexcept { return counts_.precision_error(); }
    [[nodiscard]] constexpr const binary_counts& counts() const noexcept { return counts_; }
    constexpr void clear() noexcept { counts_ = {}; }

  private:
    binary_counts counts_;
};

} // namespace strata::inline STRATA_ABI
