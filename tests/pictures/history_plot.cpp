/// Plots of a history: titles, axes, scales, and what is no curve.
#include "files.hpp"
#include "xml.hpp"

#include <strata/pictures/history_plot.hpp>

#include <algorithm>

using strata::error;
using strata::line_plot;
using namespace strata_tests;

namespace {

strata::history three_epochs() {
    strata::history h;
    h.metric_names = {"accuracy"}, h.higher_is_better = {true};
    for (int epoch = 1; epoch <= 3; ++epoch) {
        strata::epoch_record e;
        e.epoch = epoch, e.loss = 1.0 / epoch, e.rate = 0.1;
        e.set_metrics({1 - 0.5 / epoch});
        e.set_held_out(epoch == 2 ? 0.4 : 0.6, {epoch == 3 ? 0.9 : 0.8});
        h.epochs.push_back(e);
    }
    return h;
}

std::vector<std::string> titles_of(const strata::history& h) {
    std::vector<std::string> titles;
    for (const line_plot& p : strata::history_plots(h)) titles.push_back(p.title);
    return titles;
}

} // namespace

TEST_CASE("history_plot: training and held-out, and a line at the best epoch", "[pictures]") {
    strata::history h = three_epochs();
    auto plot = strata::history_plot(h);
    REQUIRE(plot.series.size() == 2);
    CHECK(plot.series[1].y == std::vector<double>{0.6, 0.4, 0.6});
    REQUIRE(plot.markers.size() == 1);
    CHECK(plot.markers[0].x == 2); // the lowest held-out loss
    plot = strata::history_plot(h, "accuracy");
    CHECK(plot.series[0].y == std::vector<double>{0.5, 0.75, 1 - 0.5 / 3});
    CHECK(plot.markers.at(0).x == 3);
    h.higher_is_better.clear(); // as in one that was read from a file
    CHECK(strata::history_plot(h, "accuracy").markers.empty());
    h.epochs[2].has_held_out = false; // evaluated now and then
    CHECK(strata::history_plot(h).series[1].x == std::vector<double>{1, 2});
    CHECK(message_of<error>([&] { (void)strata::history_plot(h, "recall"); })
          == "strata: this history has no metric 'recall'; it has loss, accuracy.");
    CHECK(message_of<error>([] { (void)strata::history_plot({}); })
          == "strata: a history without epochs cannot be plotted: call fit first.");
    CHECK(
        message_of<error>([] { (void)strata::history_plot({.interrupted = true}); })
        == "strata: a history without epochs cannot be plotted: the fit was interrupted before its first epoch ended.");
    CHECK(message_of<error>([] { (void)strata::history_plot({.rates = {{0.1, 1e-3}}}); }) // after_step said so
          == "strata: a history without epochs cannot be plotted: the fit ended before its first epoch was finished.");
}

TEST_CASE("history_plots: the rate is among them if it changed", "[pictures]") {
    strata::history h = three_epochs();
    CHECK(strata::history_plots(h).size() == 2);
    h.epochs[1].rate = 0.05;
    const auto plots = strata::history_plots(h);
    REQUIRE(plots.size() == 3);
    CHECK(plots[2].title == "Learning rate");
    for (const line_plot& p : plots) CHECK_FALSE(read_xml(p.to_svg()).empty());
}

TEST_CASE("history_plots: titles and axes in words, and no curve of a confusion matrix", "[pictures]") {
    strata::history h = three_epochs();
    h.metric_names = {"accuracy", "confusion_matrix", "accuracy_standard_error",
                      "top_5",    "macro_f1",         "mean_absolute_error",
                      "my_metric"};
    h.higher_is_better = {true, true, false, true, true, false, true};
    for (auto& e : h.epochs) e.set_metrics({1, 2, 3, 4, 5, 6, 7}), e.set_held_out(1, {1, 2, 3, 4, 5, 6, 7});
    CHECK(titles_of(h)
          == std::vector<std::string>{"Loss", "Accuracy", "Top-5 accuracy", "Macro-averaged F1", "Mean absolute error",
                                      "My metric"});
    for (const line_plot& p : strata::history_plots(h)) {
        CHECK(p.x_label == "epoch");
        CHECK_FALSE(p.y_label.empty());
    }
    CHECK(strata::history_plot(h).y_label == "loss");
    CHECK(strata::history_plot(h, "top_5").y_label == "top-5 accuracy");
    CHECK(strata::history_plot(h, "confusion_matrix").title == "Accuracy"); // asked for by name
    h.run.loss = "cross_entropy";
    CHECK(strata::history_plot(h).y_label == "cross-entropy loss");
    CHECK(strata::history_plot(h, "seconds").y_label == "seconds");
    CHECK(strata::history_plot(h, "rate").y_label == "learning rate");
}

TEST_CASE("metric_words: any name in words", "[pictures]") {
    using strata::pictures::words_of_name;
    CHECK(words_of_name("mean_absolute_error") == "mean absolute error");
    CHECK(words_of_name("meanAbsoluteError") == "mean absolute error");
    CHECK(words_of_name("mine::TopHits<5, int>") == "top hits");
    CHECK(words_of_name("MSE") == "MSE");
    CHECK(words_of_name("größe_1") == "größe 1");
    CHECK(words_of_name("_") == "_");
    CHECK(words_of_name("").empty());
    CHECK(strata::pictures::words_of_loss("huber") == "Huber loss");
    CHECK(strata::pictures::words_of_loss("mean_squared_error") == "mean squared error");
    CHECK(strata::pictures::words_of_metric("accuracy_standard_error") == "standard error of accuracy");
}

TEST_CASE("history_plot: a loss over more than two decades has a logarithmic axis", "[pictures]") {
    strata::history h = three_epochs();
    CHECK_FALSE(strata::history_plot(h).log_y);
    h.epochs[0].loss = 41; // the least is 0.4 held out, of epoch 2, and 0.33 of epoch 3
    auto plot = strata::history_plot(h);
    CHECK(plot.log_y);
    CHECK(plot.y_label == "loss (logarithmic)");
    CHECK_FALSE(strata::history_plot(h, "accuracy").log_y);
    h.epochs[1].loss = NAN; // a gap, and still
    CHECK(strata::history_plot(h).log_y);
    h.epochs[1].loss = 0; // which such an axis cannot show
    CHECK_FALSE(strata::history_plot(h).log_y);
    h = three_epochs();
    h.metric_names = {"mean_squared_error"}, h.higher_is_better = {false};
    h.epochs[0].metrics = {500};
    CHECK(strata::history_plot(h, "mean_squared_error").log_y);
}

TEST_CASE("history_plot: the rate of each step, where the history has it", "[pictures]") {
    strata::history h = three_epochs();
    h.epochs[1].rate = 0.05;
    auto plot = strata::history_plot(h, "rate");
    CHECK(plot.series.at(0).x == std::vector<double>{1, 2, 3});
    h.rates = {{0, 0.1}, {0.5, 0.2}, {1, 0.3}};
    plot = strata::history_plot(h, "rate");
    CHECK(plot.series.at(0).x == std::vector<double>{0, 0.5, 1});
    CHECK(plot.series[0].y == std::vector<double>{0.1, 0.2, 0.3});
    h.rates = {{2, 0.2}, {2.5, 0.3}}; // of a fit that was resumed after epoch 2
    CHECK(strata::history_plot(h, "rate").series.at(0).x == std::vector<double>{1, 2, 2, 2.5});
    for (auto& e : h.epochs) e.rate = 0.1;
    CHECK(titles_of(h) == std::vector<std::string>{"Loss", "Accuracy", "Learning rate"}); // it changed within an epoch
    h.rates = {{0, 0.1}, {1, 0.1}};
    CHECK(titles_of(h) == std::vector<std::string>{"Loss", "Accuracy"});
}
