#pragma once
#include <cstddef>
#include <strata/pictures/line_plot.hpp>
#include <strata/train/history.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI {

namespace pictures {

/// A plot over the epochs: what `here` gives of an epoch, and, if the history has held-out samples, what
/// `there` gives.
template <class Here, class There>
[[gnu::cold]] line_plot plot_over_epochs(const history& h, std::string title, Here here, There there) {
    line_plot plot{.title = std::move(title), .x_label = "epoch"};
    line_plot::curve training{"training", {}}, held_out{"held-out", {}};
    for (const epoch_record& e : h.epochs) {
        training.y.push_back(here(e)), training.x.push_back(e.epoch);
        if (e.has_held_out) held_out.y.push_back(there(e)), held_out.x.push_back(e.epoch);
    }
    plot.series.push_back(std::move(training));
    if (h.has_held_out()) plot.series.push_back(std::move(held_out));
    return plot;
}

/// A line at the best epoch, if the history tells which that is and there is one.
[[gnu::cold]] inline void mark_best(line_plot& plot, const history& h, std::string_view name) {
    if (h.epochs.size() < 2) return;
    std::size_t metric = 0;
    while (metric < h.metric_names.size() && h.metric_names[metric] != name) ++metric;
    if (name != "loss" && metric >= h.higher_is_better.size()) return; // as in a history that was read from a file
    const history::criterion by = h.judged_by(name);
    const epoch_record* best = nullptr;
    for (const epoch_record& e : h.epochs)
        if (const double value = by(e);
            by.judges(e) && value == value && (best == nullptr || by.better(value, by(*best))))
            best = &e;
    if (best != nullptr) plot.markers.push_back({1.0 * best->epoch, sentence({"best: epoch ", best->epoch})});
}

} // namespace pictures

/// The plot of the loss (or of the metric of that name) over the epochs: training and, if there is one,
/// held-out, with a line at the best epoch where the history tells which that is. It is a line_plot like any
/// other: change it, then save it.
///
///   strata::history_plot(history).save("loss.svg");
///   strata::history_plot(history, "accuracy").save("accuracy.svg");
///
/// Errors   error where the history has no epoch or no such metric
[[nodiscard, gnu::cold]] inline line_plot history_plot(const history& h, std::string_view name = "loss") {
    if (h.epochs.empty()) raise("strata: a history without an epoch cannot be plotted; call fit first.");
    if (name == "loss") {
        line_plot plot = pictures::plot_over_epochs(
            h, "loss", [](const epoch_record& e) { return e.loss; },
            [](const epoch_record& e) { return e.held_out_loss; });
        pictures::mark_best(plot, h, name);
        return plot;
    }
    std::size_t i = 0;
    while (i < h.metric_names.size() && h.metric_names[i] != name) ++i;
    if (i == h.metric_names.size()) (void)h.judged_by(name); // says which there are
    line_plot plot = pictures::plot_over_epochs(
        h, std::string(name), [i](const epoch_record& e) { return e.metric_at(i); },
        [i](const epoch_record& e) { return e.held_out_metric_at(i); });
    pictures::mark_best(plot, h, name);
    return plot;
}

/// The plots of the loss, of each metric, and of the learning rate if it changed.
[[nodiscard, gnu::cold]] inline std::vector<line_plot> history_plots(const history& h) {
    std::vector<line_plot> plots{history_plot(h)};
    for (const std::string& name : h.metric_names) plots.push_back(history_plot(h, name));
    line_plot::curve rate{"", {}};
    bool changes = false;
    for (const epoch_record& e : h.epochs) {
        rate.y.push_back(e.rate), rate.x.push_back(e.epoch);
        changes = changes || (e.rate == e.rate && e.rate != h.epochs.front().rate);
    }
    if (changes) plots.push_back({.title = "learning rate", .x_label = "epoch", .series = {std::move(rate)}});
    return plots;
}

} // namespace strata::inline STRATA_ABI
