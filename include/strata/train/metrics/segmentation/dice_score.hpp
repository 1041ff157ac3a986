#pragma once
/// dice_score<Classes, Ignored> — the mean over the classes of the Dice coefficient (the classes' F1).
///   Dice of a class = 2 · pixels that are of it and were found / (pixels that are of it + pixels taken for it)
/// It is 2 · IoU / (1 + IoU) of each class. Counts are those of all pixels of all samples together; the mean is over
/// the classes that occurred or were predicted.
/// Shapes   output [Classes], target [Classes] (one-hot, or probabilities), at each position
/// Options  Ignored   pixels of this class do not count, nor does it in the mean; −1, none, by default
/// Ties and NaN: confusion_matrix.hpp. The standard error takes pixels as independent, which neighbours are not.
/// Errors   none
/// Source   Dice: Measures of the amount of ecologic association between species, 1945
#include <strata/train/metrics/segmentation/overlap_metric.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {
/// With the sum s, Dice changes by 2 (1 − Dice) / s with a hit, and by − Dice / s with a miss of either kind.
struct dice_coefficient {
    static double all(const binary_counts& c) { return static_cast<double>(c.predicted + c.actual); }
    static double of(const binary_counts& c) { return 2 * static_cast<double>(c.hits) / all(c); }
    static double slope_of_hit(const binary_counts& c) { return 2 * (1 - of(c)) / all(c); }
    static double slope_of_miss(const binary_counts& c) { return -of(c) / all(c); }
};
} // namespace detail

template <int Classes, int Ignored = -1>
struct dice_score : detail::overlap_metric<detail::dice_coefficient, Classes, Ignored> {
    static constexpr const char* name = "dice_score";

    /// Of class c alone; NaN where it neither occurred nor was predicted.
    [[nodiscard]] double dice(int c) const noexcept { return this->of(c); }
};

} // namespace strata::inline STRATA_ABI
