#pragma once
/// epoch_line — the line that is printed after an epoch:
///
///   epoch 3/10  loss 0.0475  accuracy 0.9851  held-out loss 0.0582  held-out accuracy 0.9810  2.1 s
#include <strata/base/words/sentence.hpp>
#include <strata/train/history/history.hpp>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI::detail {

/// The name of a metric's value: that of a confusion matrix is the accuracy.
[[nodiscard, gnu::cold, gnu::noinline]] inline const char* shown_name(const char* metric) {
    return std::string_view(metric) == "confusion_matrix" ? "accuracy" : metric;
}

/// The last epoch of a history, and the number of epochs of the fit. NaN is left out, and so is a confusion matrix next
/// to the accuracy.
[[nodiscard, gnu::cold, gnu::noinline]] inline std::string epoch_line(const history& all, int epochs) {
    const epoch_record& r = all.epochs.back();
    std::string line = sentence({"epoch ", r.epoch, "/", epochs});
    const auto add = [&](const char* before, const char* name, double x) {
        if (x != x) return;
        char number[32];
        const double size = std::fabs(x);
        std::snprintf(number, sizeof number, size != 0 && (size < 1e-3 || size >= 1e5) ? " %.3e" : " %.4f", x);
        line += sentence({"  ", before, name, number});
    };
    const auto add_metrics = [&](const char* before, const std::vector<double>& values) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const char* const name = shown_name(all.metric_names[i].c_str());
            bool said = false; // by a metric that has this very name
            for (const std::string& other : all.metric_names)
                said = said || (other == name && all.metric_names[i] != name);
            if (!said) add(before, name, values[i]);
        }
    };
    add("", "loss", r.loss);
    add_metrics("", r.metrics);
    if (r.has_held_out) {
        add("held-out ", "loss", r.held_out_loss);
        add_metrics("held-out ", r.held_out_metrics);
    }
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, r.seconds < 0.995 ? "  %.2g s" : "  %.1f s", r.seconds);
    return line += seconds;
}

} // namespace strata::inline STRATA_ABI::detail
