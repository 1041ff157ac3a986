#pragma once
#include <strata/base/abi.hpp>

#include <cmath>
#include <limits>

namespace strata::inline STRATA_ABI::detail {

/// share — a count out of a total, as metrics use it.
///
/// The standard error is binomial, sqrt(p (1 − p) / n). It assumes independent samples and is 0 at p = 0 and p = 1.
/// Source   Wald's; Brown, Cai, DasGupta: Interval Estimation for a Binomial Proportion, 2001, section 3.1
struct share {
    long long right = 0, of = 0;

    constexpr void add(bool is_right) noexcept { right += is_right, ++of; }
    /// NaN of none.
    [[nodiscard]] double value() const noexcept {
        return of == 0 ? std::numeric_limits<double>::quiet_NaN()
                       : static_cast<double>(right) / static_cast<double>(of);
    }
    /// NaN of none.
    [[nodiscard]] double standard_error() const noexcept {
        const double p = value();
        return of == 0 ? p : std::sqrt(p * (1 - p) / static_cast<double>(of));
    }
};

} // namespace strata::inline STRATA_ABI::detail
