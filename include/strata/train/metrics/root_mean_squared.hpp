#pragma once
/// root_mean_squared — the root mean squared error, in the target's unit.
///
/// It is the root of mean_squared over all samples, not the mean of roots.
/// Shapes   output [E], target [E]
/// A NaN in any sample makes it NaN; so does a sample without elements.
/// The standard error follows from that of the mean m by the delta method, s(m) / (2 sqrt(m)); at m = 0 there is none.
/// Errors   none
/// Source   Casella, Berger: Statistical Inference, 2002, section 5.5.4
#include <strata/train/metrics/mean_squared.hpp>

namespace strata::inline STRATA_ABI {

struct root_mean_squared {
    static constexpr const char* name = "root_mean_squared_error";
    static constexpr bool higher_is_better = false;
    static constexpr bool takes_class_index = false;

    template <class T>
    constexpr void add(const T* output, const T* target, int n) noexcept {
        mean_.add(output, target, n);
    }
    [[nodiscard]] double value() const noexcept { return std::sqrt(mean_.value()); }
    [[nodiscard]] double standard_error() const noexcept {
        const double root = value();
        return root > 0 ? mean_.standard_error() / (2 * root) : std::numeric_limits<double>::quiet_NaN();
    }
    constexpr void clear() noexcept { mean_.clear(); }

  private:
    mean_squared mean_;
};

} // namespace strata::inline STRATA_ABI
