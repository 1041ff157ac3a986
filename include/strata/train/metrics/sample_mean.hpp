#pragma once
#include <strata/base/abi.hpp>

#include <cmath>
#include <limits>

namespace strata::inline STRATA_ABI::detail {

/// sample_mean — a running mean. A NaN makes it NaN.
///
/// The standard error is that of a mean, s / sqrt(n) with the sample standard deviation s² = sum (x − mean)² / (n − 1);
/// there is none below two numbers.
/// Source   Welford: Note on a Method for Calculating Corrected Sums of Squares and Products, 1962 (s²)
class sample_mean {
  public:
    constexpr void add(double x) noexcept {
        ++n_;
        sum_ += x;
        const double before = x - mean_;
        mean_ += before / static_cast<double>(n_);
        squares_ += before * (x - mean_);
    }
    /// From the sum, not from Welford's mean, which an infinite number would make NaN.
    [[nodiscard]] double value() const noexcept {
        return n_ == 0 ? std::numeric_limits<double>::quiet_NaN() : sum_ / static_cast<double>(n_);
    }
    [[nodiscard]] double standard_error() const noexcept {
        if (n_ < 2) return std::numeric_limits<double>::quiet_NaN();
        const auto n = static_cast<double>(n_);
        return std::sqrt(squares_ / (n - 1) / n);
    }

  private:
    long long n_ = 0;
    double sum_ = 0, mean_ = 0, squares_ = 0;
};

} // namespace strata::inline STRATA_ABI::detail
