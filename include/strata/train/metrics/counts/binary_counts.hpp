#pragma once
#include <cmath>
#include <limits>
#include <strata/train/metrics/share.hpp>

namespace strata::inline STRATA_ABI {

/// binary_counts — the counts behind precision, recall and F1 of one class, the yes (positive) one.
/// They are: how often the class occurred, how often it was predicted, and how often both.
///
///   precision = hits / predicted,   recall = hits / actual,   F1 = 2 hits / (predicted + actual)
///
/// All three are NaN for a class that neither occurred nor was predicted. Where only one denominator is empty, as for
/// the precision of a class that was never predicted, the measure is 0, which is scikit-learn's convention.
///
/// The standard errors of precision and recall are binomial over their denominators, NaN where the denominator is
/// empty. F1's follows from the four counts, taken as multinomial, by the delta method: with s = predicted + actual its
/// derivative is 2 (1 − F1) / s for a hit and − F1 / s for a miss of either kind.
/// Source   van Rijsbergen: Information Retrieval, 1979, chapter 7; Takahashi, Yamamoto, Kuchiba, Koyama:
///          Confidence interval for micro-averaged F1 and macro-averaged F1 scores, 2021
struct binary_counts {
    long long hits = 0, predicted = 0, actual = 0;

    /// Decisions of one sample: an output above 0 says yes, a target above 0.5 too. What is not a number
    /// says neither yes nor no: an output of NaN misses a yes, a target of NaN belies one.
    template <class T>
    constexpr void add(const T* output, const T* target, int n) noexcept {
        for (int i = 0; i < n; ++i) {
            const bool says_yes = output[i] > T(0), is_yes = target[i] > T(0.5);
            hits += says_yes && is_yes, predicted += says_yes, actual += is_yes;
        }
    }

    [[nodiscard]] bool seen() const noexcept { return predicted + actual > 0; }
    [[nodiscard]] double precision() const noexcept { return share_of(predicted); }
    [[nodiscard]] double recall() const noexcept { return share_of(actual); }
    [[nodiscard]] double f1() const noexcept {
        if (!seen()) return std::numeric_limits<double>::quiet_NaN(); // 0/0 would be -nan
        return 2 * static_cast<double>(hits) / static_cast<double>(predicted + actual);
    }

    [[nodiscard]] double precision_error() const noexcept { return detail::share{hits, predicted}.standard_error(); }
    [[nodiscard]] double recall_error() const noexcept { return detail::share{hits, actual}.standard_error(); }
    [[nodiscard]] double f1_error() const noexcept {
        const auto hit = static_cast<double>(hits), sum = static_cast<double>(predicted + actual);
        const double at_hit = 2 * (1 - f1()) / sum, at_miss = f1() / sum;
        return std::sqrt(hit * at_hit * at_hit + (sum - 2 * hit) * at_miss * at_miss);
    }

  private:
    [[nodiscard]] double share_of(long long denominator) const noexcept {
        if (!seen()) return std::numeric_limits<double>::quiet_NaN();
        return denominator == 0 ? 0 : detail::share{hits, denominator}.value();
    }
};

} // namespace strata::inline STRATA_ABI
