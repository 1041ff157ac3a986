#pragma once
/// mean_squared — the mean squared error, as a metric:
///   sum_e (x[e] − t[e])² / E per sample, the mean over the samples
/// (The type `mean_squared_error` is the loss; the metric has the same name in tables.)
///
/// Shapes   output [E], target [E]
/// A NaN in any sample makes it NaN; so does a sample without elements.
/// The standard error is that of a mean over samples (source: sample_mean.hpp).
/// Errors   none
#include <strata/train/metrics/sample_mean.hpp>

namespace strata::inline STRATA_ABI {

struct mean_squared {
    static constexpr const char* name = "mean_squared_error";
    static constexpr bool higher_is_better = false;
    static constexpr bool takes_class_index = false;

    template <class T>
    constexpr void add(const T* output, const T* target, int n) noexcept {
        double sum = 0;
        for (int i = 0; i < n; ++i) {
            const double distance = static_cast<double>(output[i]) - static_cast<double>(target[i]);
            sum += distance * distance;
        }
        mean_.add(n > 0 ? sum / n : std::numeric_limits<double>::quiet_NaN(), n > 0 ? n : 1);
    }
    [[nodiscard]] double value() const noexcept { return mean_.value(); }
    [[nodiscard]] double standard_error() const noexcept { return mean_.standard_error(); }
    constexpr void clear() noexcept { mean_ = {}; }

  private:
    detail::sample_mean mean_;
};

} // namespace strata::inline STRATA_ABI
