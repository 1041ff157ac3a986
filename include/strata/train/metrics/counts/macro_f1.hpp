#pragma once
/// macro_f1<Classes> — the plain mean of the classes' F1.
///
/// Shapes   output [Classes], target [Classes] (one-hot, or probabilities)
/// Each class is taken against all others; the mean is over the classes that occurred or were predicted. Ties and NaN:
/// confusion_matrix.hpp. Empty denominators and the standard error, with sources: class_counts.hpp.
/// Errors   none
#include <strata/train/metrics/counts/matrix_metric.hpp>

namespace strata::inline STRATA_ABI {

template <int Classes>
struct macro_f1 : detail::matrix_metric<Classes> {
    static constexpr const char* name = "macro_f1";

    [[nodiscard]] double value() const noexcept { return this->matrix().macro_f1(); }
    [[nodiscard]] double standard_error() const noexcept { return this->matrix().macro_f1_error(); }
};

} // namespace strata::inline STRATA_ABI
