#include "catch.hpp"
#include "files.hpp"

#include <strata/base/words/display_width.hpp>
#include <strata/train/history/history.hpp>

#include <clocale>
#include <cmath>
#include <locale>

using strata::epoch_record;
using strata::history;
using namespace strata_tests;

namespace {
/// Two metrics, one better when higher and one when lower; numbers that only full precision tells apart.
history two_metrics() {
    history h;
    h.metric_names = {"accuracy", "mean, of \"errors\""};
    h.higher_is_better = {true, false};
    for (int i = 1; i <= 3; ++i) {
        epoch_record e{.epoch = i, .loss = 0.1 * i, .seconds = 1e-310, .rate = std::nextafter(0.5 / i, 0)};
        e.set_metrics({0.5 + 0.1 / i, 1.0 / 3});
        if (i > 1) e.set_held_out(i == 2 ? NAN : -1e300 / 7, {0.6 + 0.01 * i, i == 2 ? 5e-324 : INFINITY});
        h.epochs.push_back(e);
    }
    return h;
}
bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }
bool same(const std::vector<double>& a, const std::vector<double>& b) {
    bool all = a.size() == b.size();
    for (std::size_t i = 0; all && i < a.size(); ++i) all = same(a[i], b[i]);
    return all;
}
void check_same(const history& a, const history& b) {
    CHECK(a.metric_names == b.metric_names);
    REQUIRE(a.epochs.size() == b.epochs.size());
    for (std::size_t i = 0; i < a.epochs.size(); ++i) {
        const epoch_record &x = a.epochs[i], &y = b.epochs[i];
        CHECK(x.epoch == y.epoch);
        CHECK(same(x.loss, y.loss));
        CHECK(same(x.metric, y.metric));
        CHECK(same(x.metrics, y.metrics));
        CHECK(x.has_held_out == y.has_held_out);
        CHECK(same(x.held_out_loss, y.held_out_loss));
        CHECK(same(x.held_out_metric, y.held_out_metric));
        CHECK(same(x.held_out_metrics, y.held_out_metrics));
        for (std::size_t m = 0; m < a.metric_names.size(); ++m) {
            CHECK(same(x.standard_error_at(m), y.standard_error_at(m)));
            CHECK(same(x.held_out_standard_error_at(m), y.held_out_standard_error_at(m)));
        }
        CHECK(same(x.rate, y.rate));
        CHECK(same(x.seconds, y.seconds));
    }
}
struct decimal_comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
};
std::string refusal(const std::string& text) {
    return message_of<strata::file_error>([&] { (void)history::from_csv(text, "run.csv"); });
}
} // namespace

TEST_CASE("history: the best epoch has the lowest held-out loss", "[train]") {
    const history h{{{.epoch = 1, .loss = 0.5, .held_out_loss = 0.6, .has_held_out = true},
                     {.epoch = 2, .loss = 0.4, .held_out_loss = 0.3, .has_held_out = true},
                     {.epoch = 3, .loss = 0.1, .held_out_loss = 0.7, .has_held_out = true}}};
    CHECK(h.best().epoch == 2);
}

TEST_CASE("history: without held-out samples the training loss decides", "[train]") {
    const history h{{{.epoch = 1, .loss = 0.5}, {.epoch = 2, .loss = 0.25}, {.epoch = 3, .loss = 0.25}}};
    CHECK(h.best().epoch == 2); // the first of equal ones
}

TEST_CASE("history: epochs that were not evaluated are no candidates", "[train]") {
    const history h{{{.epoch = 1, .loss = 0.1},
                     {.epoch = 2, .loss = 0.4, .held_out_loss = 0.9, .has_held_out = true},
                     {.epoch = 3, .loss = 0.2}}};
    CHECK(h.best().epoch == 2);
}

TEST_CASE("history: not a number is never best", "[train]") {
    const history h{{{.epoch = 1, .loss = NAN}, {.epoch = 2, .loss = 7}, {.epoch = 3, .loss = NAN}}};
    CHECK(h.best().epoch == 2);
    CHECK_THROWS_AS((history{{{.epoch = 1, .loss = NAN}}}.best()), strata::error);
    CHECK_THROWS_AS(history{}.best(), strata::error);
}

TEST_CASE("history: the table", "[train]") {
    const history plain{{{.epoch = 1, .loss = 0.25, .metric = 0.9375, .seconds = 1.5},
                         {.epoch = 2, .loss = 1e-5, .metric = 1, .seconds = 120.25}}};
    CHECK(plain.to_text()
          == "epoch        loss      accuracy   seconds\n"
             "    1        0.25        0.9375      1.50\n"
             "    2       1e-05             1    120.25\n");
    const history held_out{{{.epoch = 1, .loss = 0.25, .metric = 0.5, .seconds = 1},
                            {.epoch = 2,
                             .loss = 0.125,
                             .metric = 0.75,
                             .held_out_loss = 0.5,
                             .held_out_metric = 0.625,
                             .seconds = 2,
                             .has_held_out = true}}};
    CHECK(held_out.to_text("top_5")
          == "epoch        loss         top_5  held-out loss      held-out top_5   seconds\n"
             "    1        0.25           0.5              -                   -      1.00\n"
             "    2       0.125          0.75            0.5               0.625      2.00\n");
}

TEST_CASE("history: the best epoch by a metric", "[train]") {
    history h;
    h.metric_names = {"accuracy", "mean_squared_error"};
    h.higher_is_better = {true, false};
    for (int i = 1; i <= 4; ++i) {
        epoch_record e{.epoch = i, .loss = 1.0 / i};
        e.set_metrics({i == 2 ? 0.9 : 0.5, i == 3 ? 0.125 : i == 1 ? NAN : 0.5});
        h.epochs.push_back(e);
    }
    CHECK(h.best().epoch == 4);
    CHECK(h.best("loss").epoch == 4);
    CHECK(h.best("accuracy").epoch == 2);
    CHECK(h.best("mean_squared_error").epoch == 3);
    for (auto& e : h.epochs) e.set_held_out(e.epoch, {e.epoch == 1 ? 0.75 : 0.25, NAN});
    CHECK(h.best("accuracy").epoch == 1); // held out, where there is any
    CHECK(says(message_of<strata::error>([&] { (void)h.best("mean_squared_error"); }), "none of its 4 epochs",
               "mean_squared_error"));
    CHECK(says(message_of<strata::error>([&] { (void)h.best("acuracy"); }), "'acuracy'",
               "loss, accuracy, mean_squared_error"));
    h.higher_is_better.clear();
    CHECK(says(message_of<strata::error>([&] { (void)h.best("accuracy"); }), "higher_is_better"));
}

TEST_CASE("history: the table holds all metrics, and a rate that changes", "[train]") {
    history h;
    h.metric_names = {"accuracy", "root_mean_squared_error"};
    for (int i = 1; i <= 2; ++i) {
        epoch_record e{.epoch = i, .loss = 0.25, .seconds = 1, .rate = 0.01 / i};
        e.set_metrics({0.5, 2});
        h.epochs.push_back(e);
    }
    CHECK(h.to_text()
          == "epoch        loss      accuracy  root_mean_squared_error        rate   seconds\n"
             "    1        0.25           0.5                        2        0.01      1.00\n"
             "    2        0.25           0.5                        2       0.005      1.00\n");
    h.metric_names = {};
    for (auto& e : h.epochs) e.set_metrics({}), e.rate = 0.5;
    CHECK(h.to_text()
          == "epoch        loss   seconds\n"
             "    1        0.25      1.00\n"
             "    2        0.25      1.00\n");
}

namespace {
/// One metric with standard errors, one without.
history with_errors() {
    history h;
    h.metric_names = {"accuracy", "own"};
    for (int i = 1; i <= 2; ++i) {
        epoch_record e{.epoch = i, .loss = 0.25, .seconds = 1};
        e.set_metrics({0.96875, 2}, {0.125 / i, NAN});
        if (i > 1) e.set_held_out(0.5, {0.5, 3}, {0.05, NAN});
        h.epochs.push_back(e);
    }
    return h;
}
} // namespace

TEST_CASE("history: standard errors stand in the table behind what epochs are judged by", "[train]") {
    history h = with_errors();
    CHECK(h.to_text()
          == "epoch        loss      accuracy           own  held-out loss    held-out accuracy        "
             "held-out "
             "own   seconds\n"
             "    1        0.25       0.96875             2              -                    -              "
             "     "
             "-      1.00\n"
             "    2        0.25       0.96875             2            0.5         0.5 +- 0.050               "
             "    "
             "3      1.00\n");
    for (auto& e : h.epochs) e.has_held_out = false;
    CHECK(h.to_text()
          == "epoch        loss             accuracy           own   seconds\n"
             "    1        0.25      0.96875 +- 0.12             2      1.00\n"
             "    2        0.25     0.96875 +- 0.062             2      1.00\n");
    h.epochs[0].standard_errors[0] = 12;
    CHECK(h.to_text().find("  0.96875 +- 12  ") != std::string::npos);
}

TEST_CASE("history: standard errors stand in the CSV text, each behind its metric", "[train]") {
    CHECK(with_errors().to_csv()
          == "epoch,loss,accuracy,accuracy_standard_error,own,held_out_loss,held_out_accuracy,"
             "held_out_accuracy_standard_error,held_out_own,rate,seconds\r\n"
             "1,0.25,0.96875,0.125,2,,,,,nan,1\r\n"
             "2,0.25,0.96875,0.0625,2,0.5,0.5,0.05,3,nan,1\r\n");
    check_same(with_errors(), history::from_csv(with_errors().to_csv()));
    history confusing = with_errors();
    confusing.metric_names = {"own", "own_standard_error"};
    for (auto& e : confusing.epochs) e.standard_errors = e.held_out_standard_errors = {};
    check_same(confusing, history::from_csv(confusing.to_csv()));
    CHECK(says(refusal("epoch,loss,a,a_standard_error,held_out_loss,held_out_a,rate,seconds\n"), "column 7",
               "'held_out_a_standard_error' is expected", "'rate'"));
    CHECK(says(refusal("epoch,loss,a,a_standard_error,held_out_loss,held_out_a,held_out_a_standard_error,rate,"
                       "seconds\n1,2,3,4,5,6,,7,8\n"),
               "line 2", "Fill in all or none"));
}

TEST_CASE("history: the CSV text", "[train]") {
    history h;
    h.metric_names = {"a,\"b\""};
    epoch_record e{.epoch = 1, .loss = 0.1, .seconds = 2.5, .rate = 1e-3};
    e.set_metrics({NAN});
    h.epochs.push_back(e);
    e.epoch = 2, e.set_held_out(0.75, {1});
    h.epochs.push_back(e);
    CHECK(h.to_csv()
          == "epoch,loss,\"a,\"\"b\"\"\",held_out_loss,\"held_out_a,\"\"b\"\"\",rate,seconds\r\n"
             "1,0.1,nan,,,0.001,2.5\r\n"
             "2,0.1,nan,0.75,1,0.001,2.5\r\n");
    CHECK(history{}.to_csv() == "epoch,loss,held_out_loss,rate,seconds\r\n");
    const history unnamed{{{.epoch = 1, .loss = 2, .metric = 0.5, .seconds = 1}}};
    CHECK(unnamed.to_csv() == "epoch,loss,metric,held_out_loss,held_out_metric,rate,seconds\r\n1,2,0.5,,,nan,1\r\n");
}

TEST_CASE("history: a CSV file reads back to the same numbers", "[train]") {
    const temporary_folder folder;
    const history h = two_metrics();
    h.save_csv(folder / "run.csv");
    CHECK(temporary_folder::names_in(folder.path()) == std::vector<std::string>{"run.csv"});
    check_same(h, history::load_csv(folder / "run.csv"));
    check_same(history{}, history::from_csv(history{}.to_csv()));
    CHECK_THROWS_AS(h.save_csv(folder / "missing/run.csv"), strata::file_error);
    CHECK(says(message_of<strata::file_error>([&] { (void)history::load_csv(folder / "none.csv"); }), "none.csv"));
}

TEST_CASE("history: a CSV file with other line ends, a byte order mark and quotes", "[train]") {
    const history h = history::from_csv("\xef\xbb\xbf\"epoch\",loss,held_out_loss,rate,seconds\n\"1\",0.5,0.25,1,2");
    REQUIRE(h.epochs.size() == 1);
    CHECK(h.epochs[0].loss == 0.5);
    CHECK(h.epochs[0].has_held_out);
}

TEST_CASE("history: the locale does not touch a CSV file", "[train]") {
    const std::string expected = two_metrics().to_csv();
    const std::locale before = std::locale::global(std::locale(std::locale(), new decimal_comma));
    std::setlocale(LC_ALL, "de_DE.UTF-8"); // where it is installed
    const std::string text = two_metrics().to_csv();
    const history back = history::from_csv(text);
    std::setlocale(LC_ALL, "C");
    std::locale::global(before);
    CHECK(text == expected);
    check_same(back, two_metrics());
}

TEST_CASE("history: a CSV text that is none is refused with line, column and remedy", "[train]") {
    const std::string head = "epoch,loss,held_out_loss,rate,seconds\r\n";
    CHECK(says(refusal(""), "run.csv, line 1", "empty"));
    CHECK(says(refusal("epoch;loss\n"), "line 1, column 1", "'epoch'", "commas"));
    CHECK(
        says(refusal("epoch,loss,accuracy,held_out_loss,rate,seconds\n"), "column 5", "'held_out_accuracy'", "'rate'"));
    CHECK(says(refusal("epoch,loss,accuracy"), "column 4", "'held_out_loss'", "nothing"));
    CHECK(says(refusal("epoch,loss,held_out_loss,rate,seconds,more\n"), "column 6", "'more'", "Remove"));
    CHECK(says(refusal(head + "1,0.5,,1,2\r\n2,0.5,,1\r\n"), "line 3", "4 fields", "the first has 5"));
    CHECK(says(refusal(head + "1,x,,1,2\r\n"), "line 2, column 2", "'x' is not a number"));
    CHECK(says(refusal(head + "1,0.5x,,1,2\r\n"), "'0.5x' is not a number"));
    CHECK(says(refusal(head + "1,,,1,2\r\n"), "column 2", "'' is not a number"));
    CHECK(says(refusal(head + "1.5,1,,1,2\r\n"), "column 1", "'1.5' is not an integer"));
    CHECK(says(refusal(head + "1,1e999,,1,2\r\n"), "'1e999' is out of range"));
    CHECK(says(refusal(head + "1,\"0.5"), "is never closed"));
    CHECK(says(refusal(head + "1,\"0.5\"7,,1,2\n"), "column 2", "text follows the closing quote"));
    CHECK(says(refusal(head + "1,0\"5,,1,2\n"), "column 2", "quote"));
    CHECK(says(refusal("epoch,loss,a,held_out_loss,held_out_a,rate,seconds\n1,2,3,4,,5,6\n"), "line 2",
               "Fill in all or none"));
}

TEST_CASE("history: columns are as wide as their heads look", "[train]") {
    for (const char* name : {"größenfehler", "漢字の正解率", "cafe\u0301 accuracy", "\U0001f600\U0001f600 accuracy"}) {
        history h;
        h.metric_names = {name};
        for (int i = 1; i <= 2; ++i) {
            epoch_record e{.epoch = i, .loss = 0.5, .seconds = 1};
            e.set_metrics({0.25}), e.set_held_out(1, {0.5});
            h.epochs.push_back(e);
        }
        const std::string table = h.to_text();
        INFO(table);
        std::vector<std::size_t> widths;
        for (std::size_t at = 0; at < table.size(); at = table.find('\n', at) + 1)
            widths.push_back(strata::display_width(table.substr(at, table.find('\n', at) - at)));
        CHECK(widths == std::vector<std::size_t>(3, widths[0]));
    }
}

TEST_CASE("history: the seconds of short epochs keep two digits", "[train]") {
    history h;
    for (const double seconds : {0.00123, 0.0943, 0.0, 2.5})
        h.epochs.push_back(epoch_record{.epoch = 1, .loss = 1, .seconds = seconds});
    CHECK(h.to_text()
          == "epoch        loss   seconds\n"
             "    1           1    0.0012\n"
             "    1           1     0.094\n"
             "    1           1      0.00\n"
             "    1           1      2.50\n");
}
