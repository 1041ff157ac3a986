#pragma once
#include <strata/pictures/line_plot.hpp>
#include <strata/pictures/svg/metric_words.hpp>
#include <strata/train/history/history.hpp>

#include <cstddef>
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

/// A logarithmic axis where all numbers are above zero and lie more than two decades apart.
[[gnu::cold]] inline void choose_scale(line_plot& plot) {
    number_range range;
    for (const line_plot::curve& c : plot.series)
        for (const double y : c.y) range.add(y);
    plot.log_y = range.low > 0 && range.high / range.low > 100;
    if (plot.log_y) plot.y_label += " (logarithmic)";
}

/// The rate at each step that the history has it of, and at the end of the epochs before the first of these, which
/// another fit made.
[[gnu::cold]] inline line_plot plot_of_rates(const history& h) {
    line_plot plot{.title = "Learning rate", .x_label = "epoch", .y_label = "learning rate"};
    line_plot::curve rate{"", {}};
    for (const epoch_record& e : h.epochs)
        if (h.rates.empty() || e.epoch <= h.rates.front().epochs) rate.y.push_back(e.rate), rate.x.push_back(e.epoch);
    for (const rate_point& p : h.rates) rate.y.push_back(p.rate), rate.x.push_back(p.epochs);
    plot.series.push_back(std::move(rate));
    return plot;
}

} // namespace pictures

/// history_plot(history, name) — a line_plot of the loss, or of the metric of that name, over the epochs.
///
///   strata::history_plot(history).save("loss.svg");
///   strata::history_plot(history, "accuracy").save("accuracy.svg");
///
/// "rate" is the learning rate, "seconds" the time of each epoch. The plot shows the training and, if there is one, the
/// held-out curve, with a line at the best epoch if the history has one. The axis of a loss or an error that falls by
/// more than two decades is logarithmic. The result is a line_plot like any other: change it, then save it.
///
/// Errors   error where the history has no epoch or no such metric
[[nodiscard, gnu::cold]] inline line_plot history_plot(const history& h, std::string_view name = "loss") {
    if (h.epochs.empty()) raise(sentence({"strata: a history without epochs cannot be plotted: ", h.why_empty(), "."}));
    if (name == "loss") {
        line_plot plot = pictures::plot_over_epochs(
            h, "Loss", [](const epoch_record& e) { return e.loss; },
            [](const epoch_record& e) { return e.held_out_loss; });
        plot.y_label = h.run.loss.empty() ? "loss" : pictures::words_of_loss(h.run.loss);
        pictures::choose_scale(plot);
        pictures::mark_best(plot, h, name);
        return plot;
    }
    std::size_t i = 0;
    while (i < h.metric_names.size() && h.metric_names[i] != name) ++i;
    if (i == h.metric_names.size()) {
        if (name == "rate") return pictures::plot_of_rates(h);
        if (name == "seconds") {
            line_plot plot{.title = "Time of an epoch", .x_label = "epoch", .y_label = "seconds"};
            line_plot::curve seconds{"", {}};
            for (const epoch_record& e : h.epochs) seconds.y.push_back(e.seconds), seconds.x.push_back(e.epoch);
            plot.series.push_back(std::move(seconds));
            return plot;
        }
        (void)h.judged_by(name); // says which there are
    }
    const std::string words = pictures::words_of_metric(name);
    line_plot plot = pictures::plot_over_epochs(
        h, pictures::capitalised(words), [i](const epoch_record& e) { return e.metric_at(i); },
        [i](const epoch_record& e) { return e.held_out_metric_at(i); });
    plot.y_label = words;
    if (i < h.higher_is_better.size() && !h.higher_is_better[i]) pictures::choose_scale(plot);
    pictures::mark_best(plot, h, name);
    return plot;
}

/// history_plots(history) — plots of the loss, of each metric, and of the learning rate if it changed.
/// A metric without a curve, such as a confusion matrix, is left out.
[[nodiscard, gnu::cold]] inline std::vector<line_plot> history_plots(const history& h) {
    std::vector<line_plot> plots{history_plot(h)};
    for (const std::string& name : h.metric_names)
        if (pictures::is_curve(name)) plots.push_back(history_plot(h, name));
    line_plot rate = pictures::plot_of_rates(h);
    const plot_numbers& y = rate.series[0].y;
    bool changes = false;
    for (const double r : y) changes = changes || (r == r && r != y.front());
    if (changes) plots.push_back(std::move(rate));
    return plots;
}

} // namespace strata::inline STRATA_ABI
