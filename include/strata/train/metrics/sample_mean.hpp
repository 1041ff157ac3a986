#pragma once
#include <strata/base/abi.hpp>

#include <cmath>
#include <limits>

namespace strata::inline STRATA_ABI::detail {

/// sample_mean — a running mean of what samples have, each weighted by its elements. A NaN makes it NaN.
///
/// The standard error is that of a mean, s / sqrt(n) with the sample standard deviation s² = sum (x − mean)² / (n − 1);
/// there is none below two numbers. Where weights differ it is that of a ratio, sum w x / sum w:
///   sqrt(n / (n − 1) · sum w² (x − mean)²) / sum w
/// Source   Welford: Note on a Method for Calculating Corrected Sums of Squares and Products, 1962 (s²);
///          Cochran: Sampling Techniques, 1977, section 2.11 (the ratio)
class sample_mean {
  public:
    /// Of a sample of so many elements; all count alike as long as that does not change.
    constexpr void add(double x, int elements = 1) noexcept {
        if (n_ == 0) each_ = elements;
        const double weight = static_cast<double>(elements) / each_, square = weight * weight;
        ++n_;
        sum_ += weight * x, weight_ += weight, square_weight_ += square;
        const double before = x - mean_;
        mean_ += square * before / square_weight_;
        squares_ += square * before * (x - mean_);
    }
    /// From the sum, not from Welford's mean, which an infinite number would make NaN.
    [[nodiscard]] double value() const noexcept {
        return n_ == 0 ? std::numeric_limits<double>::quiet_NaN() : sum_ / weight_;
    }
    [[nodiscard]] double standard_error() const noexcept {
        if (n_ < 2) return std::numeric_limits<double>::quiet_NaN();
        const auto n = static_cast<double>(n_);
        if (square_weight_ == n) return std::sqrt(squares_ / (n - 1) / n);
        const double off = mean_ - value(); // that mean has the weights' squares
        return std::sqrt(n / (n - 1) * (squares_ + square_weight_ * off * off)) / weight_;
    }

  private:
    long long n_ = 0;
    double each_ = 1; ///< elements of the first sample: the unit of the weights
    double sum_ = 0, weight_ = 0, mean_ = 0, squares_ = 0, square_weight_ = 0;
};

} // namespace strata::inline STRATA_ABI::detail
