#pragma once
#include <strata/pictures/line_plot.hpp>
#include <strata/train/history.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline v0_1 {

/// The plot of the loss (or of the metric of that name) over the epochs: training and, if there is one, held-out, with a line at
/// the best epoch. It is a line_plot like any other: change it, then save it.
///
///   strata::history_plot(history).save("loss.svg");
///   strata::history_plot(history, "accuracy").save("accuracy.svg");
///
/// Errors   error where the history has no epoch or no such metric
[[nodiscard, gnu::cold]] inline line_plot history_plot(const history& h, std::string_view name = "loss");

/// The plots of the loss, of each metric, and of the learning rate if it changed.
[[nodiscard, gnu::cold]] inline std::vector<line_plot> history_plots(const history& h);

} // namespace strata::inline v0_1
