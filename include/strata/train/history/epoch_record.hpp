#pragma once
#include <strata/base/abi.hpp>

#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI {

/// epoch_record — what one epoch came to. Losses and metrics are means over samples; seconds are wall time.
struct epoch_record {
    int epoch = 0; ///< 1, 2, ...
    /// The first metric, and NaN when there is none.
    double loss = 0, metric = std::numeric_limits<double>::quiet_NaN();
    double held_out_loss = 0, held_out_metric = std::numeric_limits<double>::quiet_NaN();
    double seconds = 0;
    bool has_held_out = false;
    double rate = std::numeric_limits<double>::quiet_NaN();  ///< of learning, at the epoch's end; NaN: not told
    std::vector<double> metrics = {}, held_out_metrics = {}; ///< all of them, as history names them
    /// Of the metrics, where they are known; see metric.
    std::vector<double> standard_errors = {}, held_out_standard_errors = {};

    /// Sets the metrics over the training samples, the first among them.
    void set_metrics(std::vector<double> values, std::vector<double> errors = {}) {
        metrics = std::move(values);
        standard_errors = std::move(errors);
        metric = metrics.empty() ? std::numeric_limits<double>::quiet_NaN() : metrics.front();
    }
    /// Sets what the held-out samples gave.
    void set_held_out(double loss_there, std::vector<double> values, std::vector<double> errors = {}) {
        has_held_out = true;
        held_out_loss = loss_there;
        held_out_metrics = std::move(values);
        held_out_standard_errors = std::move(errors);
        held_out_metric =
            held_out_metrics.empty() ? std::numeric_limits<double>::quiet_NaN() : held_out_metrics.front();
    }

    /// The i-th metric, NaN where it was not recorded.
    [[nodiscard]] double metric_at(std::size_t i) const { return element(metrics, metric, i); }
    [[nodiscard]] double held_out_metric_at(std::size_t i) const {
        return element(held_out_metrics, held_out_metric, i);
    }
    /// Its standard error, NaN where it has none.
    [[nodiscard]] double standard_error_at(std::size_t i) const { return element(standard_errors, none, i); }
    [[nodiscard]] double held_out_standard_error_at(std::size_t i) const {
        return element(held_out_standard_errors, none, i);
    }

  private:
    static constexpr double none = std::numeric_limits<double>::quiet_NaN();
    static double element(const std::vector<double>& all, double first, std::size_t i) {
        if (i < all.size()) return all[i];
        return i == 0 ? first : none;
    }
};

} // namespace strata::inline STRATA_ABI
