#pragma once
/// binary_recall — the share of actual yes samples that are predicted as yes.
///
/// Shapes   output [n] (logits: yes above 0), target [n] (yes above 0.5); every element is a decision
/// Yes is class 1 where targets are class numbers: of a CSV file the second of class_names(), of -1 and +1 the +1.
/// Ties, NaN, empty denominators and the standard error, with sources: binary_counts.hpp. The decisions of one sample
/// count as independent.
/// Errors   none
#include <strata/train/metrics/counts/counts_metric.hpp>

namespace strata::inline STRATA_ABI {

struct binary_recall : detail::counts_metric {
    static constexpr const char* name = "binary_recall";

    [[nodiscard]] double value() const noexcept { return counts().recall(); }
    [[nodiscard]] double standard_error() const noexcept { return counts().recall_error(); }
};

} // namespace strata::inline STRATA_ABI
