#include "catch.hpp"
#include "files.hpp"
#include <cmath>
#include <strata/train/companions/early_stopping.hpp>

using namespace strata_tests;
using strata::early_stopping, strata::epoch_record, strata::history;

namespace {
/// For each epoch: '+' the best so far, '.' not, and '!' for one that stops. The loss is that of training.
std::string verdicts(const early_stopping& rule, const std::vector<double>& losses) {
    history h;
    std::string all;
    for (const double loss : losses) {
        h.epochs.push_back({.epoch = static_cast<int>(h.epochs.size()) + 1, .loss = loss});
        const early_stopping::verdict v = rule.observe(h);
        all += v.is_best ? '+' : '.';
        if (v.stop) all += '!';
    }
    return all;
}
} // namespace

TEST_CASE("early_stopping: after so many epochs without improvement", "[train]") {
    CHECK(verdicts({.patience = 2}, {5, 4, 4, 3, 3.5, 3.25}) == "++.+..!");
    CHECK(verdicts({.patience = 1}, {5, 4, 4}) == "++.!");
    CHECK(verdicts({.patience = 3}, {1, 2, 2, 2, 2}) == "+...!.!");
    CHECK(verdicts({.patience = 2}, {1, 2, 2, 0.5}) == "+..!+"); // who goes on anyway is told so
}

TEST_CASE("early_stopping: min_delta is about patience, not about the best", "[train]") {
    CHECK(verdicts({.patience = 2, .min_delta = 0.5}, {4, 3.75, 3.5}) == "+++!");     // by 0.5, not by more
    CHECK(verdicts({.patience = 2, .min_delta = 0.5}, {4, 3.75, 3.25, 3}) == "++++"); // small steps add up
    CHECK(verdicts({.patience = 2, .min_delta = 0.5}, {4, 3.75, 3.25, 3, 2.75}) == "+++++!");
}

TEST_CASE("early_stopping: NaN is never better", "[train]") {
    CHECK(verdicts({.patience = 2}, {NAN, 5, NAN, 4, NAN, NAN}) == ".+.+..!");
    CHECK(verdicts({.patience = 2}, {NAN, NAN}) == "..!");
    CHECK(verdicts({.patience = 2}, {INFINITY, 5}) == "++");
}

TEST_CASE("early_stopping: by the held-out loss, where there is one", "[train]") {
    history h;
    for (const double held_out : {3.0, 2.0, 2.5}) {
        h.epochs.push_back({.epoch = static_cast<int>(h.epochs.size()) + 1, .loss = 9 - held_out});
        h.epochs.back().set_held_out(held_out, {});
    }
    auto v = early_stopping{.patience = 2}.observe(h);
    CHECK_FALSE(v.is_best);
    CHECK_FALSE(v.stop);
    CHECK(v.epochs_without_improvement == 1);
    CHECK(v.best_epoch == 2);
    CHECK(v.best_epoch == h.best().epoch);
    h.epochs.push_back({.epoch = 4, .loss = 0}); // not evaluated: counts neither way
    v = early_stopping{.patience = 2}.observe(h);
    CHECK_FALSE(v.is_best);
    CHECK(v.epochs_without_improvement == 1);
}

TEST_CASE("early_stopping: by a metric, in its direction", "[train]") {
    history h;
    h.metric_names = {"accuracy", "mean_absolute_error"};
    h.higher_is_better = {true, false};
    for (const double x : {0.5, 0.75, 0.625}) {
        h.epochs.push_back({.epoch = static_cast<int>(h.epochs.size()) + 1, .loss = 1});
        h.epochs.back().set_metrics({x, x});
    }
    const auto higher = early_stopping{.patience = 1, .by = "accuracy"}.observe(h);
    CHECK(higher.best_epoch == 2);
    CHECK(higher.epochs_without_improvement == 1);
    CHECK(higher.stop);
    CHECK(early_stopping{.by = "mean_absolute_error"}.observe(h).best_epoch == 1);
    CHECK(early_stopping{.min_delta = 0.25, .by = "accuracy"}.observe(h).epochs_without_improvement == 2);
    CHECK_THROWS_AS(early_stopping{.by = "f1"}.observe(h), strata::error);
    const auto nothing_yet = early_stopping{}.observe(history{});
    CHECK_FALSE(nothing_yet.is_best);
    CHECK_FALSE(nothing_yet.stop);
    CHECK(nothing_yet.best_epoch == 0);
}

TEST_CASE("early_stopping: options that make no sense", "[train]") {
    CHECK(
        says(message_of<strata::error>([] { early_stopping{.patience = 0}.check(); }), "patience of 0", "at least 1"));
    for (const double bad : {-1.0, static_cast<double>(NAN), static_cast<double>(INFINITY)})
        CHECK(says(message_of<strata::error>([&] { early_stopping{.min_delta = bad}.check(); }), "min_delta"));
}
