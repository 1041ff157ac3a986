#pragma once
/// accuracy — the share of samples whose largest output is that of the target's class.
///
/// Shapes   output [n], target [n] (one-hot, or probabilities)
/// Ties go to the lowest index. A sample with a NaN anywhere counts as wrong.
/// The standard error is binomial (source: share.hpp).
/// Errors   none
#include <strata/data/target.hpp>
#include <strata/train/metrics/largest_index.hpp>
#include <strata/train/metrics/share.hpp>

namespace strata::inline STRATA_ABI {

struct accuracy {
    static constexpr const char* name = "accuracy";
    static constexpr bool higher_is_better = true;
    static constexpr bool takes_class_index = true;

    template <class T>
    static constexpr bool correct(const T* output, const T* target, int n) noexcept {
        const int place = detail::largest_index(output, n);
        return place >= 0 && place == detail::largest_index(target, n);
    }

    template <class T>
    constexpr void add(const T* output, const T* target, int n) noexcept {
        correct_.add(correct(output, target, n));
    }
    template <class T>
    constexpr void add(const T* output, data::class_index target, int n) noexcept {
        correct_.add(detail::largest_index(output, n) == target.value);
    }
    [[nodiscard]] double value() const noexcept { return correct_.value(); }
    [[nodiscard]] double standard_error() const noexcept { return correct_.standard_error(); }
    constexpr void clear() noexcept { correct_ = {}; }

  private:
    detail::share correct_;
};

} // namespace strata::inline STRATA_ABI
