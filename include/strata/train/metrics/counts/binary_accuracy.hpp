#pragma once
/// binary_accuracy — the share of yes-or-no decisions that are right.
///
/// Shapes   output [n] (logits: yes above 0), target [n] (yes above 0.5)
/// An output of 0 and a target of 0.5 mean no. A decision with a NaN, in output or target, is wrong; so is a sample
/// without elements. The standard error is binomial if each sample is one decision. The decisions of one sample are not
/// independent, so with several it is that of the mean of the samples' shares (sources: share.hpp, sample_mean.hpp).
/// Errors   none
#include <strata/train/metrics/sample_mean.hpp>
#include <strata/train/metrics/share.hpp>

namespace strata::inline STRATA_ABI {

struct binary_accuracy {
    static constexpr const char* name = "binary_accuracy";
    static constexpr bool higher_is_better = true;
    static constexpr bool takes_class_index = false;

    template <class T>
    static constexpr bool correct(T output, T target) noexcept {
        return output == output && target == target && (output > T(0)) == (target > T(0.5));
    }

    template <class T>
    constexpr void add(const T* output, const T* target, int n) noexcept {
        int right = 0;
        for (int i = 0; i < n; ++i) right += correct(output[i], target[i]);
        mean_.add(n > 0 ? static_cast<double>(right) / n : 0, n > 0 ? n : 1);
        if (n == 1) single_.add(right == 1);
        else several_ = true;
    }
    [[nodiscard]] double value() const noexcept { return mean_.value(); }
    [[nodiscard]] double standard_error() const noexcept {
        return several_ ? mean_.standard_error() : single_.standard_error();
    }
    constexpr void clear() noexcept { *this = {}; }

  private:
    detail::sample_mean mean_;
    detail::share single_;
    bool several_ = false; ///< a sample was not a single decision
};

} // namespace strata::inline STRATA_ABI
