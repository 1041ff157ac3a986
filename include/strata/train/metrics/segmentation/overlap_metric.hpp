#pragma once
#include <strata/train/metrics/counts/confusion_matrix.hpp>

#include <cmath>
#include <limits>

namespace strata::inline STRATA_ABI::detail {

/// What the measures of overlap have in common: counts of pixels by actual and predicted class, without those of an
/// ignored class, and a mean over the classes. Measure says what a class's counts give, and the derivatives of that.
template <class Measure, int Classes, int Ignored>
struct overlap_metric {
    static constexpr bool higher_is_better = true;
    static constexpr bool takes_class_index = true;
    static constexpr int outputs = Classes;

    template <class T>
    void add(const T* output, const T* target, int n) noexcept {
        if (Ignored < 0 || largest_index(target, n) != Ignored) matrix_.add(output, target, n);
    }
    template <class T>
    void add(const T* output, data::class_index target, int n) noexcept {
        if (Ignored < 0 || target.value != Ignored) matrix_.add(output, target, n);
    }
    [[nodiscard]] const confusion_matrix<Classes>& matrix() const noexcept { return matrix_; }
    void clear() noexcept { matrix_.clear(); }
    [[nodiscard]] auto state() noexcept { return matrix_.state(); }
    [[nodiscard]] auto state() const noexcept { return matrix_.state(); }

    /// The plain mean over the classes that occurred or were predicted; NaN when there are none.
    [[nodiscard]] double value() const noexcept {
        double sum = 0, classes = 0;
        for (int c = 0; c < Classes; ++c)
            if (counts(c)) sum += of(c), ++classes;
        return classes == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / classes;
    }
    /// The counts taken as multinomial, by the delta method: a right pixel changes one class, a wrong one two.
    [[nodiscard]] double standard_error() const noexcept {
        double variance = 0, classes = 0;
        for (int a = 0; a <= Classes; ++a) {
            if (counts(a)) ++classes;
            for (int p = 0; p <= Classes; ++p) {
                double slope = 0;
                if (a == p) slope = counts(a) ? Measure::slope_of_hit(matrix_.of(a)) : 0;
                else
                    for (const int c : {a, p}) slope += counts(c) ? Measure::slope_of_miss(matrix_.of(c)) : 0;
                variance += static_cast<double>(matrix_(a, p)) * slope * slope;
            }
        }
        return classes == 0 ? std::numeric_limits<double>::quiet_NaN() : std::sqrt(variance) / classes;
    }

  protected:
    /// Of class c; NaN where it neither occurred nor was predicted.
    [[nodiscard]] double of(int c) const noexcept {
        const binary_counts all = matrix_.of(c);
        return all.seen() ? Measure::of(all) : std::numeric_limits<double>::quiet_NaN();
    }

  private:
    [[nodiscard]] bool counts(int c) const noexcept { return c < Classes && c != Ignored && matrix_.of(c).seen(); }

    confusion_matrix<Classes> matrix_;
};

} // namespace strata::inline STRATA_ABI::detail
