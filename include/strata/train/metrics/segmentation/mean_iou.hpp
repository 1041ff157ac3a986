#pragma once
/// mean_iou<Classes, Ignored> — the mean over the classes of intersection over union (the Jaccard index).
///   IoU of a class = pixels that are of it and were found / pixels that are of it, or were taken for it
///
///   trainer.evaluate(test).metric;  or by hand:  strata::mean_iou<21> m; m.add(scores, class_index{3}, 21); m.iou(3)
///
/// Counts are those of all pixels of all samples together, as in the PASCAL VOC challenge. The mean is over the classes
/// that occurred or were predicted. (torchmetrics counts one that did neither as 0.)
/// Shapes   output [Classes], target [Classes] (one-hot, or probabilities), at each position
/// Options  Ignored   pixels of this class do not count, nor does it in the mean; −1, none, by default. Positions that
///                    the loss ignores, by its ignore_index, are never counted.
/// Ties and NaN: confusion_matrix.hpp. The standard error takes pixels as independent, which neighbours are not.
/// Errors   none
/// Source   Everingham et al.: The Pascal Visual Object Classes Challenge, 2010
#include <strata/train/metrics/segmentation/overlap_metric.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {
/// With the union u, IoU changes by (1 − IoU) / u with a hit, and by − IoU / u with a miss of either kind.
struct intersection_over_union {
    static double all(const binary_counts& c) { return static_cast<double>(c.predicted + c.actual - c.hits); }
    static double of(const binary_counts& c) { return static_cast<double>(c.hits) / all(c); }
    static double slope_of_hit(const binary_counts& c) { return (1 - of(c)) / all(c); }
    static double slope_of_miss(const binary_counts& c) { return -of(c) / all(c); }
};
} // namespace detail

template <int Classes, int Ignored = -1>
struct mean_iou : detail::overlap_metric<detail::intersection_over_union, Classes, Ignored> {
    static constexpr const char* name = "mean_iou";

    /// Of class c alone; NaN where it neither occurred nor was predicted.
    [[nodiscard]] double iou(int c) const noexcept { return this->of(c); }
};

} // namespace strata::inline STRATA_ABI
