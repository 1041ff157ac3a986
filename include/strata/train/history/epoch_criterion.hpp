#pragma once
#include <strata/train/history/epoch_record.hpp>

#include <cstddef>
#include <string_view>

namespace strata::inline STRATA_ABI::detail {

/// What epochs are judged by: a loss or metric, over the held-out samples where there are any. An epoch that was not
/// evaluated on them is then no candidate, and NaN is never better.
struct epoch_criterion {
    std::string_view name; ///< "loss", or a metric's
    int metric = -1;       ///< none: the loss
    bool higher_is_better = false, held_out = false;

    [[nodiscard]] bool judges(const epoch_record& e) const { return e.has_held_out || !held_out; }
    [[nodiscard]] double operator()(const epoch_record& e) const {
        if (metric < 0) return held_out ? e.held_out_loss : e.loss;
        const auto i = static_cast<std::size_t>(metric);
        return held_out ? e.held_out_metric_at(i) : e.metric_at(i);
    }
    /// Whether `a` is better than `b` by more than `least`.
    [[nodiscard]] bool better(double a, double b, double least = 0) const {
        return higher_is_better ? a > b + least : a < b - least;
    }
};

} // namespace strata::inline STRATA_ABI::detail
