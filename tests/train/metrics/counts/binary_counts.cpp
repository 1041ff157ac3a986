#include "catch.hpp"
#include "metric_samples.hpp"
#include <strata/train/metrics/counts/binary_f1.hpp>
#include <strata/train/metrics/counts/binary_precision.hpp>
#include <strata/train/metrics/counts/binary_recall.hpp>

using namespace strata_tests;
using strata::binary_f1, strata::binary_precision, strata::binary_recall;

TEST_CASE("binary precision, recall and F1 by hand", "[train]") {
    const auto samples = decisions(6, 2, 4, 88);
    const auto p = collected<binary_precision>(samples);
    CHECK(p.value() == 0.75);                                                // 6 of 8
    CHECK(p.standard_error() == Approx(0.15309310892394862).epsilon(1e-15)); // sqrt(3/4 · 1/4 / 8)
    const auto r = collected<binary_recall>(samples);
    CHECK(r.value() == 0.6);                                              // 6 of 10
    CHECK(r.standard_error() == Approx(std::sqrt(0.024)).epsilon(1e-15)); // sqrt(0.6 · 0.4 / 10)
    const auto f = collected<binary_f1>(samples);
    CHECK(f.value() == Approx(2.0 / 3).epsilon(1e-15)); // 12 / 18
    // slopes 2 · (1/3) / 18 = 1/27 for 6 hits and (2/3) / 18 = 1/27 for 6 misses
    CHECK(f.standard_error() == Approx(std::sqrt(12.0) / 27).epsilon(1e-14));
}

TEST_CASE("binary precision, recall and F1: every element of a sample is a decision", "[train]") {
    const std::vector<metric_sample> samples{{{1, 1, -1}, {1, 0, 1}}, {{2, -1, -2}, {0.9, 0.4, 0}}};
    CHECK(collected<binary_precision>(samples).value() == Approx(2.0 / 3).epsilon(1e-15));
    CHECK(collected<binary_recall>(samples).value() == Approx(2.0 / 3).epsilon(1e-15));
    CHECK(collected<binary_f1>(samples).value() == Approx(2.0 / 3).epsilon(1e-15));
}

TEST_CASE("binary precision, recall and F1: empty denominators", "[train]") {
    const auto rejections = decisions(0, 0, 0, 5); // yes neither said nor true
    CHECK(std::isnan(collected<binary_precision>(rejections).value()));
    CHECK(std::isnan(collected<binary_recall>(rejections).value()));
    CHECK(std::isnan(collected<binary_f1>(rejections).value()));
    CHECK(std::isnan(collected<binary_f1>(rejections).standard_error()));
    const auto silent = decisions(0, 0, 3, 5); // never says yes
    CHECK(collected<binary_precision>(silent).value() == 0);
    CHECK(std::isnan(collected<binary_precision>(silent).standard_error()));
    CHECK(collected<binary_recall>(silent).value() == 0);
    CHECK(collected<binary_recall>(silent).standard_error() == 0);
    CHECK(collected<binary_f1>(silent).value() == 0);
    CHECK(collected<binary_f1>(silent).standard_error() == 0);
    CHECK(collected<binary_recall>(decisions(0, 3, 0, 5)).value() == 0); // yes is never true
}

TEST_CASE("binary precision, recall and F1: thresholds and NaN say no, but hide no yes", "[train]") {
    const std::vector<metric_sample> samples{
        {{1}, {1}}, {{0}, {1}}, {{not_a_number}, {1}}, {{1}, {not_a_number}}, {{1}, {0.5}}, {{not_a_number}, {0}}};
    CHECK(collected<binary_precision>(samples).value() == Approx(1.0 / 3).epsilon(1e-15)); // 3 say yes
    CHECK(collected<binary_recall>(samples).value() == Approx(1.0 / 3).epsilon(1e-15));    // 3 are yes
    CHECK(collected<binary_f1>(samples).counts().hits == 1);
}

TEST_CASE("binary precision, recall and F1: against their definitions over drawn samples", "[train]") {
    dice roll(11);
    int checked = 0;
    for (int trial = 0; trial < 200; ++trial) {
        std::vector<metric_sample> samples;
        double hits = 0, false_alarms = 0, misses = 0, rejections = 0;
        for (int i = 0, n = 1 + roll(40); i < n; ++i) {
            const int output = roll(7) - 3, target = roll(2);
            samples.push_back({{static_cast<double>(output)}, {static_cast<double>(target)}});
            (output > 0 ? target == 1 ? hits : false_alarms : target == 1 ? misses : rejections) += 1;
        }
        if (hits + false_alarms == 0 || hits + misses == 0) continue;
        ++checked;
        const double p = hits / (hits + false_alarms), r = hits / (hits + misses);
        CHECK(collected<binary_precision>(samples).value() == p);
        CHECK(collected<binary_recall>(samples).value() == r);
        const auto f = collected<binary_f1>(samples);
        CHECK(f.value() == Approx(p + r == 0 ? 0 : 2 * p * r / (p + r)).epsilon(1e-14)); // rounding of four operations
        // Differences of step 1e-4 over counts from 1: errors of 1e-8.
        const double error = delta_method_error({hits, false_alarms, misses, rejections},
                                                [](const auto& n) { return 2 * n[0] / (2 * n[0] + n[1] + n[2]); });
        CHECK(f.standard_error() == Approx(error).epsilon(1e-6).margin(1e-7));
    }
    CHECK(checked > 150);
}
