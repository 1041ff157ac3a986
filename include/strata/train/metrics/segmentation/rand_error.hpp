#pragma once
/// rand_error — how two segmentations of an image differ, counted by pairs of pixels.
///   rand_error(actual, predicted)            the share of pairs that one puts into one segment and the other does not:
///                                            1 − the Rand index
///   rand_error_of_foreground(actual, predicted)   1 − F, with F = 2 · sum n[a,p]² / (sum n[a]² + sum n[p]²), over the
///                                            pixels whose actual label is not 0: the error of the ISBI challenge that
///                                            U-Net's paper reports, scikit-image's adapted_rand_error
/// Labels name segments, and need not agree: n[a,p] is the number of pixels of label a in the one and p in the other.
///
///   const auto cells = strata::label_regions(classes, height, width, 1);   // the connected pixels of class 1
///   double error = strata::rand_error_of_foreground(actual_cells, cells);
///
/// Not a metric that a trainer collects: it is of whole label maps. NaN where there is no pair, or no foreground.
/// Errors   shape_error for maps of different sizes
/// Source   Rand 1971; Arganda-Carreras et al.: Crowdsourcing the creation of image segmentation algorithms, 2015
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI {

namespace detail {

/// The sum of squares of how often each value occurs.
template <class Value>
double squares_of_counts(std::vector<Value> values) {
    std::sort(values.begin(), values.end());
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        ++count;
        if (i + 1 < values.size() && values[i + 1] == values[i]) continue;
        sum += count * count;
        count = 0;
    }
    return sum;
}

/// Sums of squares of n[a,p], n[a] and n[p], and the number of pixels.
struct pair_counts {
    double both = 0, actual = 0, predicted = 0, pixels = 0;
};
[[gnu::cold, gnu::noinline]] inline pair_counts count_pairs(std::span<const std::int32_t> actual,
                                                            std::span<const std::int32_t> predicted, bool foreground) {
    if (actual.size() != predicted.size())
        raise<shape_error>(sentence({"strata: the label maps whose Rand error is asked for have ", actual.size(),
                                     " and ", predicted.size(), " pixels. Give maps of the same image."}));
    std::vector<std::int32_t> a, p;
    std::vector<std::pair<std::int32_t, std::int32_t>> both;
    for (std::size_t i = 0; i < actual.size(); ++i)
        if (!foreground || actual[i] != 0)
            a.push_back(actual[i]), p.push_back(predicted[i]), both.emplace_back(actual[i], predicted[i]);
    const auto pixels = static_cast<double>(a.size());
    return {squares_of_counts(std::move(both)), squares_of_counts(std::move(a)), squares_of_counts(std::move(p)),
            pixels};
}

} // namespace detail

[[nodiscard]] inline double rand_error(std::span<const std::int32_t> actual, std::span<const std::int32_t> predicted) {
    const detail::pair_counts n = detail::count_pairs(actual, predicted, false);
    if (n.pixels < 2) return std::numeric_limits<double>::quiet_NaN();
    return (n.actual + n.predicted - 2 * n.both) / (n.pixels * (n.pixels - 1));
}

[[nodiscard]] inline double rand_error_of_foreground(std::span<const std::int32_t> actual,
                                                     std::span<const std::int32_t> predicted) {
    const detail::pair_counts n = detail::count_pairs(actual, predicted, true);
    if (n.pixels == 0) return std::numeric_limits<double>::quiet_NaN();
    return 1 - 2 * n.both / (n.actual + n.predicted);
}

} // namespace strata::inline STRATA_ABI
