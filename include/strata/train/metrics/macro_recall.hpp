#pragma once
/// macro_recall<Classes> — the plain mean of the classes' recall.
///
/// Shapes   output [Classes], target [Classes] (one-hot, or probabilities)
/// Each class is taken against all others; the mean is over the classes that occurred or were predicted. Ties and NaN:
/// confusion_matrix.hpp. Empty denominators and the standard error, with sources: class_counts.hpp.
/// Errors   none
#include <strata/train/metrics/confusion_matrix.hpp>

namespace strata::inline STRATA_ABI {

template <int Classes>
struct macro_recall {
    static constexpr const char* name = "macro_recall";
    static constexpr bool higher_is_better = true;
    static constexpr bool takes_class_index = true;
    static constexpr int outputs = Classes;

    template <class T>
    void add(const T* output, const T* target, int n) noexcept {
        matrix_.add(output, target, n);
    }
    [[nodiscard]] double value() const noexcept { return matrix_.macro_recall(); }
    [[nodiscard]] double standard_error() const noexcept { return matrix_.macro_recall_error(); }
    [[nodiscard]] const confusion_matrix<Classes>& matrix() const noexcept { return matrix_; }
    void clear() noexcept { matrix_.clear(); }
    [[nodiscard]] auto state() noexcept { return matrix_.state(); }
    [[nodiscard]] auto state() const noexcept { return matrix_.state(); }

  private:
    confusion_matrix<Classes> matrix_;
};

} // namespace strata::inline STRATA_ABI
