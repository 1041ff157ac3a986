#pragma once
/// top_k<K> — the share of samples whose K largest outputs include the target's class.
///
/// Shapes   output [n], target [n] (one-hot, or probabilities). With K ≥ n every sample without NaN is right.
/// Rules    K is at least 1
/// top_k<1> is accuracy. Ties go to the lowest index: of equal outputs, the first ones count as larger. A sample with a
/// NaN anywhere counts as wrong. The standard error is binomial (source: share.hpp).
/// Errors   none
#include <strata/data/target.hpp>
#include <strata/train/metrics/largest_index.hpp>
#include <strata/train/metrics/share.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {

/// "top_K"
template <int K>
struct top_k_name {
    char text[16] = "top_";
    constexpr top_k_name() {
        int digits = 1;
        for (int rest = K; rest >= 10; rest /= 10) ++digits;
        for (int rest = K, i = digits; i-- > 0; rest /= 10) text[4 + i] = static_cast<char>('0' + rest % 10);
    }
};
template <int K>
inline constexpr top_k_name<K> name_of_top_k{};

} // namespace detail

template <int K>
struct top_k {
    static_assert(K >= 1, "strata: top_k counts the K largest outputs; K must be at least 1.");
    static constexpr const char* name = detail::name_of_top_k<K>.text;
    static constexpr bool higher_is_better = true;
    static constexpr bool takes_class_index = true;
    static constexpr int least_outputs = K; ///< of fewer, every sample would be right

    template <class T>
    static constexpr bool correct(const T* output, const T* target, int n) noexcept {
        return is_among(output, detail::largest_index(target, n), n);
    }
    /// Is output `place` among the K largest?
    template <class T>
    static constexpr bool is_among(const T* output, int place, int n) noexcept {
        if (place < 0) return false;
        int before = 0; // outputs that come before the target's
        for (int i = 0; i < n; ++i) {
            if (output[i] != output[i]) return false;
            before += output[i] > output[place] || (output[i] == output[place] && i < place);
        }
        return before < K;
    }

    template <class T>
    constexpr void add(const T* output, const T* target, int n) noexcept {
        correct_.add(correct(output, target, n));
    }
    template <class T>
    constexpr void add(const T* output, data::class_index target, int n) noexcept {
        correct_.add(is_among(output, target.value, n));
    }
    [[nodiscard]] double value() const noexcept { return correct_.value(); }
    [[nodiscard]] double standard_error() const noexcept { return correct_.standard_error(); }
    constexpr void clear() noexcept { correct_ = {}; }

  private:
    detail::share correct_;
};

} // namespace strata::inline STRATA_ABI
