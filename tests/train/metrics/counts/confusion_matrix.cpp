#include "catch.hpp"
#include "files.hpp"
#include "metric_samples.hpp"
#include <array>
#include <strata/train/metrics/accuracy.hpp>
#include <strata/train/metrics/counts/confusion_matrix.hpp>
#include <strata/train/metrics/counts/macro_f1.hpp>
#include <strata/train/metrics/counts/macro_precision.hpp>
#include <strata/train/metrics/counts/macro_recall.hpp>

using namespace strata_tests;
using strata::confusion_matrix, strata::macro_f1, strata::macro_precision, strata::macro_recall;

namespace {
/// Samples for a table of counts, [actual][predicted].
template <int C>
std::vector<metric_sample> samples_of(const int (&table)[C][C]) {
    std::vector<metric_sample> all;
    for (int a = 0; a < C; ++a)
        for (int p = 0; p < C; ++p)
            for (int i = 0; i < table[a][p]; ++i) all.push_back(taken_for(C, a, p));
    return all;
}

//           precision  recall  F1
// class 0:  4/5        4/6     8/11
// class 1:  3/6        3/4     6/10
// class 2:  1/1        1/2     2/3
constexpr int by_hand[3][3] = {{4, 2, 0}, {1, 3, 0}, {0, 1, 1}};
} // namespace

TEST_CASE("confusion_matrix: counts by actual and predicted class", "[train]") {
    const auto m = collected<confusion_matrix<3>>(samples_of(by_hand));
    for (int a = 0; a < 3; ++a)
        for (int p = 0; p < 3; ++p) CHECK(m(a, p) == by_hand[a][p]);
    CHECK(m.samples() == 12);
    CHECK(m.value() == Approx(8.0 / 12).epsilon(1e-15));
    CHECK(m.accuracy() == m.value());
    CHECK(m.standard_error() == Approx(std::sqrt(8.0 / 12 * 4 / 12 / 12)).epsilon(1e-15));
    CHECK(m.value() == collected<strata::accuracy>(samples_of(by_hand)).value());
}

TEST_CASE("confusion_matrix: each class's precision, recall and F1 by hand, and their means", "[train]") {
    const auto m = collected<confusion_matrix<3>>(samples_of(by_hand));
    CHECK(m.precision(0) == 0.8);
    CHECK(m.precision(1) == 0.5);
    CHECK(m.precision(2) == 1);
    CHECK(m.recall(0) == Approx(2.0 / 3).epsilon(1e-15));
    CHECK(m.recall(1) == 0.75);
    CHECK(m.recall(2) == 0.5);
    CHECK(m.f1(0) == Approx(8.0 / 11).epsilon(1e-15));
    CHECK(m.f1(1) == 0.6);
    CHECK(m.f1(2) == Approx(2.0 / 3).epsilon(1e-15));

    const auto p = collected<macro_precision<3>>(samples_of(by_hand));
    CHECK(p.value() == Approx(2.3 / 3).epsilon(1e-15));
    CHECK(p.standard_error() == Approx(std::sqrt(0.16 / 5 + 0.25 / 6) / 3).epsilon(1e-14));
    const auto r = collected<macro_recall<3>>(samples_of(by_hand));
    CHECK(r.value() == Approx((2.0 / 3 + 0.75 + 0.5) / 3).epsilon(1e-15));
    CHECK(r.standard_error() == Approx(std::sqrt(2.0 / 9 / 6 + 0.1875 / 4 + 0.25 / 2) / 3).epsilon(1e-14));
    const auto f = collected<macro_f1<3>>(samples_of(by_hand));
    CHECK(f.value() == Approx((8.0 / 11 + 0.6 + 2.0 / 3) / 3).epsilon(1e-15));
    CHECK(f.matrix()(0, 1) == 2);
}

TEST_CASE("confusion_matrix: a tie goes to the lowest index", "[train]") {
    const auto m = collected<confusion_matrix<3>>({{{1, 2, 2}, {0, 0.5, 0.5}}, {{3, 3, 3}, {0, 0, 1}}});
    CHECK(m(1, 1) == 1);
    CHECK(m(2, 0) == 1);
}

TEST_CASE("confusion_matrix: what is not a number is of no class, and wrong", "[train]") {
    const auto m = collected<confusion_matrix<3>>(
        {taken_for(3, 0, 0), taken_for(3, 0, -1), taken_for(3, -1, 1), taken_for(3, -1, -1), taken_for(3, 2, 2)});
    CHECK(m(0, 3) == 1);
    CHECK(m(3, 1) == 1);
    CHECK(m(3, 3) == 1);
    CHECK(m.value() == 0.4);
    CHECK(m.recall(0) == 0.5);
    CHECK(m.precision(0) == 1);
    CHECK(m.precision(1) == 0); // predicted, but never met
    CHECK(m.recall(1) == 0);
    confusion_matrix<3> other;
    const double five[] = {1, 0, 0, 0, 0};
    other.add(five, five, 5);
    CHECK(other(3, 3) == 1); // another size: no class
    CHECK(other.value() == 0);
    other.clear();
    CHECK(other(3, 3) == 0);
    CHECK(other.samples() == 0);
    CHECK(std::isnan(other.value()));
}

TEST_CASE("confusion_matrix: means leave out classes that were neither met nor predicted", "[train]") {
    const int table[4][4] = {{2, 0, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 1}};
    const auto m = collected<confusion_matrix<4>>(samples_of(table));
    CHECK(std::isnan(m.precision(2)));
    CHECK(std::isnan(m.recall(2)));
    CHECK(std::isnan(m.f1(2)));
    CHECK(m.precision(1) == 0); // met, but never predicted
    CHECK(m.macro_precision() == Approx((2.0 / 3 + 0 + 1) / 3).epsilon(1e-15));
    CHECK(m.macro_precision_error() == Approx(std::sqrt(2.0 / 9 / 3) / 3).epsilon(1e-14));
    CHECK(m.macro_recall() == Approx((1.0 + 0 + 1) / 3).epsilon(1e-15));
    CHECK(m.macro_f1() == Approx((0.8 + 0 + 1) / 3).epsilon(1e-15));
    CHECK(std::isnan(confusion_matrix<2>().macro_f1()));
}

TEST_CASE("confusion_matrix: against a reference over drawn samples", "[train]") {
    constexpr int C = 4;
    dice roll(5);
    for (int trial = 0; trial < 100; ++trial) {
        std::vector<metric_sample> samples;
        std::vector<std::array<int, 2>> pairs;
        std::vector<double> counts(C * C);
        for (int i = 0, n = 5 + roll(60); i < n; ++i) {
            const int a = roll(C), p = roll(3) == 0 ? roll(C) : a;
            samples.push_back(taken_for(C, a, p));
            pairs.push_back({a, p});
            counts[static_cast<std::size_t>(a * C + p)] += 1;
        }
        const auto m = collected<confusion_matrix<C>>(samples);
        double sum = 0;
        int seen = 0;
        bool none_empty = true;
        for (int c = 0; c < C; ++c) {
            int hits = 0, false_alarms = 0, misses = 0;
            for (const auto& [a, p] : pairs)
                hits += a == c && p == c, false_alarms += a != c && p == c, misses += a == c && p != c;
            none_empty = none_empty && hits + false_alarms > 0 && hits + misses > 0;
            if (hits + false_alarms + misses == 0) continue;
            ++seen;
            const double f1 = hits / (hits + 0.5 * (false_alarms + misses));
            CHECK(m.f1(c) == Approx(f1).epsilon(1e-14)); // rounding of four operations
            sum += f1;
        }
        CHECK(m.macro_f1() == Approx(sum / seen).epsilon(1e-14));

        // Standard errors: differences of step 1e-4 over counts from 1 are off by 1e-8.
        if (!none_empty) continue;
        const auto macro = [&](int measure) {
            return [measure](const std::vector<double>& n) {
                double total = 0;
                for (int c = 0; c < C; ++c) {
                    double actual = 0, predicted = 0;
                    for (int o = 0; o < C; ++o) {
                        actual += n[static_cast<std::size_t>(c * C + o)];
                        predicted += n[static_cast<std::size_t>(o * C + c)];
                    }
                    const double hits = n[static_cast<std::size_t>(c * C + c)];
                    total += measure == 0   ? hits / predicted
                             : measure == 1 ? hits / actual
                                            : 2 * hits / (actual + predicted);
                }
                return total / C;
            };
        };
        CHECK(m.macro_precision_error() == Approx(delta_method_error(counts, macro(0))).epsilon(1e-6).margin(1e-7));
        CHECK(m.macro_recall_error() == Approx(delta_method_error(counts, macro(1))).epsilon(1e-6).margin(1e-7));
        CHECK(m.macro_f1_error() == Approx(delta_method_error(counts, macro(2))).epsilon(1e-6).margin(1e-7));
    }
}

TEST_CASE("confusion_matrix: the table", "[train]") {
    const auto m = collected<confusion_matrix<3>>(samples_of(by_hand));
    CHECK(m.to_text({"cat", "dog", "great owl"})
          == "actual     cat  dog  great owl  precision  recall      F1\n"
             "cat          4    2          0     0.8000  0.6667  0.7273\n"
             "dog          1    3          0     0.5000  0.7500  0.6000\n"
             "great owl    0    1          1     1.0000  0.5000  0.6667\n"
             "accuracy 0.6667 (standard error 0.1361), 12 samples\n");
    confusion_matrix<2> numbers;
    for (int i = 0; i < 1234; ++i) numbers.add(0, 0);
    numbers.add(0, -1);
    CHECK(numbers.to_text()
          == "actual     0  1  not a number  precision  recall      F1\n"
             "0       1234  0             1     1.0000  0.9992  0.9996\n"
             "1          0  0             0        nan     nan     nan\n"
             "accuracy 0.9992 (standard error 0.0008), 1235 samples\n");
    const std::string message = message_of<strata::error>([&] { (void)m.to_text({"cat", "dog"}); });
    CHECK(says(message, "2 names", "3 classes", "one name per class"));
}

TEST_CASE("confusion_matrix: its table is in columns whatever the names", "[train]") {
    confusion_matrix<3> matrix;
    matrix.add(0, 0), matrix.add(1, 2), matrix.add(2, 2);
    const std::string table = matrix.to_text({"größe", "漢字", "o\u0308"});
    INFO(table);
    CHECK(table.substr(0, table.find("accuracy"))
          == "actual  größe  漢字  o\u0308  precision  recall      F1\n"
             "größe       1     0  0     1.0000  1.0000  1.0000\n"
             "漢字        0     0  1     0.0000  0.0000  0.0000\n"
             "o\u0308           0     0  1     0.5000  1.0000  0.6667\n");
}
