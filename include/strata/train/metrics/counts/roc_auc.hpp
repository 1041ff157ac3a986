#pragma once
/// roc_auc — the area under the ROC curve of a yes-or-no network.
/// It is the share of pairs of a yes and a no in which the yes scores higher; a tie counts one half. It is exact, not a
/// sum over thresholds: all scores are kept, 16 bytes a sample.
///
///   strata::trainer trainer{net, strata::binary_cross_entropy{}, strata::adam{}, strata::roc_auc{}};
///
/// Shapes   output [1], target [1] (yes above 0.5): the score is the logit
///          output [2], target [2]: the scores of two classes with cross_entropy; yes is class 1, the score is
///          x[1] − x[0]
/// Rules    the network has one output or two               (tests/compile_fail/metrics/roc_auc_of_three_classes.cpp)
/// Yes is class 1: in a CSV file the second of class_names(), so of the texts -1 and +1 the +1.
/// It is NaN without any yes or without any no, where an output or target is NaN, where a sample has another number of
/// outputs, and where memory ran out. The standard error is DeLong's; it needs two samples of each kind.
/// Source   Hanley and McNeil: The Meaning and Use of the Area under a Receiver Operating Characteristic (ROC) Curve,
///          1982 (the area as a rank statistic); DeLong, DeLong, Clarke-Pearson: Comparing the Areas under Two or More
///          Correlated Receiver Operating Characteristic Curves: A Nonparametric Approach, 1988 (the standard error)
/// Errors   none
#include <strata/base/abi.hpp>
#include <strata/base/needs_exceptions.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI {

class roc_auc {
  public:
    static constexpr const char* name = "roc_auc";
    static constexpr bool higher_is_better = true;
    static constexpr bool takes_class_index = false;
    static constexpr int most_outputs = 2;

    /// What is kept of a sample.
    struct scored {
        double score = 0;
        long long yes = 0; ///< 1 or 0; −1: the sample makes the area NaN
    };

    template <class T>
    void add(const T* output, const T* target, int n) noexcept {
        if (n == 1) add(static_cast<double>(output[0]), static_cast<double>(target[0]), 0.5);
        else if (n == 2)
            add(static_cast<double>(output[1]) - static_cast<double>(output[0]),
                static_cast<double>(target[1]) - static_cast<double>(target[0]), 0);
        else add(std::numeric_limits<double>::quiet_NaN(), 0, 0);
    }
    [[nodiscard]] double value() const noexcept { return area().value; }
    [[nodiscard]] double standard_error() const noexcept { return area().error; }
    void clear() noexcept {
        kept_.clear();
        sorted_ = 0;
    }

    /// All that is kept, in no order that means anything: what a checkpoint writes.
    [[nodiscard]] std::span<scored> state() noexcept { return kept_; }
    [[nodiscard]] std::span<const scored> state() const noexcept { return kept_; }
    /// Room for so many samples that `state` is then filled with.
    void resize_state(std::size_t samples) {
        kept_.assign(samples, {});
        sorted_ = 0;
    }

  private:
    struct area_and_error {
        double value = std::numeric_limits<double>::quiet_NaN(), error = value;
    };
    static bool lower(const scored& a, const scored& b) noexcept { return a.score < b.score; }

    [[gnu::noinline]] void add(double score, double target, double yes_above) noexcept {
        const bool good = score == score && target == target;
        try {
            kept_.push_back({good ? score : 0, !good ? -1 : target > yes_above ? 1 : 0});
            // Each sample is merged some ten times in all, so that the area is at hand after every step.
            if (kept_.size() - sorted_ < 256 + sorted_ / 8) return;
            const auto middle = kept_.begin() + static_cast<std::ptrdiff_t>(sorted_);
            std::sort(middle, kept_.end(), lower);
            std::vector<scored> merged(kept_.size());
            std::merge(kept_.begin(), middle, middle, kept_.end(), merged.begin(), lower);
            kept_ = std::move(merged);
            sorted_ = kept_.size();
        } catch (...) {
            if (!kept_.empty()) kept_[0].yes = -1; // no memory: what follows would not be the area of all samples
        }
    }

    /// Walks the scores upwards, equal ones together. Of a yes, the share of no that score lower, and of a no, the
    /// share of yes that score higher, ties one half, have the area as their mean; DeLong's variance is the sum of the
    /// variances of the two means.
    [[nodiscard, gnu::cold, gnu::noinline]] area_and_error area() const noexcept {
        area_and_error result;
        try {
            std::vector<scored> tail(kept_.begin() + static_cast<std::ptrdiff_t>(sorted_), kept_.end());
            std::sort(tail.begin(), tail.end(), lower);
            const auto each_group = [&](auto visit) {
                std::size_t a = 0, b = 0;
                while (a < sorted_ || b < tail.size()) {
                    const double score = b == tail.size() || (a < sorted_ && kept_[a].score <= tail[b].score)
                                             ? kept_[a].score
                                             : tail[b].score;
                    long long yes = 0, no = 0;
                    const auto take = [&](const scored& s) { (s.yes != 0 ? yes : no) += 1; };
                    for (; a < sorted_ && kept_[a].score == score; ++a) take(kept_[a]);
                    for (; b < tail.size() && tail[b].score == score; ++b) take(tail[b]);
                    visit(yes, no);
                }
            };
            long long all_yes = 0, all_no = 0;
            for (const scored& s : kept_) {
                if (s.yes < 0) return {};
                (s.yes != 0 ? all_yes : all_no) += 1;
            }
            if (all_yes == 0 || all_no == 0) return {};
            const auto m = static_cast<double>(all_yes), n = static_cast<double>(all_no);
            long long lower_no = 0;
            double halves = 0; // pairs won, in halves: whole numbers, exact up to 2^53
            each_group([&](long long yes, long long no) {
                halves += static_cast<double>(yes) * static_cast<double>(2 * lower_no + no);
                lower_no += no;
            });
            const double mean = halves / (2 * m * n);
            result.value = mean;
            if (all_yes < 2 || all_no < 2) return result;
            double of_yes = 0, of_no = 0;
            long long lower_yes = 0;
            lower_no = 0;
            each_group([&](long long yes, long long no) {
                const double won = static_cast<double>(2 * lower_no + no) / (2 * n) - mean,
                             lost = static_cast<double>(2 * (all_yes - lower_yes - yes) + yes) / (2 * m) - mean;
                of_yes += static_cast<double>(yes) * won * won, of_no += static_cast<double>(no) * lost * lost;
                lower_no += no, lower_yes += yes;
            });
            result.error = std::sqrt(of_yes / (m - 1) / m + of_no / (n - 1) / n);
        } catch (...) { // no memory for the tail
        }
        return result;
    }

    std::vector<scored> kept_;
    std::size_t sorted_ = 0; ///< of them, from the first on, are in ascending order
};

} // namespace strata::inline STRATA_ABI
