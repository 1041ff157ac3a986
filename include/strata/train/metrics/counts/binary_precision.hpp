#pragma once
/// binary_precision — the share of yes predictions that are right.
///
/// Shapes   output [n] (logits: yes above 0), target [n] (yes above 0.5); every element is a decision
/// Yes is class 1 where targets are class numbers: of a CSV file the second of class_names(), of -1 and +1 the +1.
/// Ties, NaN, empty denominators and the standard error, with sources: binary_counts.hpp. The decisions of one sample
/// count as independent.
/// Errors   none
#include <strata/train/metrics/counts/counts_metric.hpp>

namespace strata::inline STRATA_ABI {

struct binary_precision : detail::counts_metric {
    static constexpr const char* name = "binary_precision";

    [[nodiscard]] double value() const noexcept { return counts().precision(); }
    [[nodiscard]] double standard_error() const noexcept { return counts().precision_error(); }
};

} // namespace strata::inline STRATA_ABI
