#pragma once
#include <strata/train/metrics/counts/confusion_matrix.hpp>

namespace strata::inline STRATA_ABI::detail {

/// What the metrics over a confusion matrix have in common: all but their name, value and standard error.
template <int Classes>
struct matrix_metric {
    static constexpr bool higher_is_better = true;
    static constexpr bool takes_class_index = true;
    static constexpr int outputs = Classes;

    template <class T>
    void add(const T* output, const T* target, int n) noexcept {
        matrix_.add(output, target, n);
    }
    template <class T>
    void add(const T* output, data::class_index target, int n) noexcept {
        matrix_.add(output, target, n);
    }
    [[nodiscard]] const confusion_matrix<Classes>& matrix() const noexcept { return matrix_; }
    void clear() noexcept { matrix_.clear(); }
    [[nodiscard]] auto state() noexcept { return matrix_.state(); }
    [[nodiscard]] auto state() const noexcept { return matrix_.state(); }

  private:
    confusion_matrix<Classes> matrix_;
};

} // namespace strata::inline STRATA_ABI::detail
