// The area under the ROC curve: by hand, against all pairs, and in a trainer.
#include "catch.hpp"
#include "files.hpp"
#include "metric_samples.hpp"

#include <strata/losses.hpp>
#include <strata/metrics.hpp>
#include <strata/strata.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/metrics/collected_metrics.hpp>

#include <random>

using namespace strata_tests;
using strata::roc_auc;

namespace {

struct yes_or_no : strata::network<strata::features<2>, strata::dense<1>> {};
struct two_classes : strata::network<strata::features<2>, strata::dense<2>> {};

/// All pairs, one after the other.
struct by_pairs {
    double area = 0, error = 0;
    explicit by_pairs(const std::vector<metric_sample>& all) {
        std::vector<double> yes, no;
        for (const auto& s : all) (s.target[0] > 0.5 ? yes : no).push_back(s.output[0]);
        const auto wins = [](double a, double b) { return a > b ? 1.0 : a == b ? 0.5 : 0.0; };
        std::vector<double> of_yes, of_no;
        for (const double y : yes) {
            double sum = 0;
            for (const double n : no) sum += wins(y, n);
            of_yes.push_back(sum / static_cast<double>(no.size()));
            area += sum;
        }
        for (const double n : no) {
            double sum = 0;
            for (const double y : yes) sum += wins(y, n);
            of_no.push_back(sum / static_cast<double>(yes.size()));
        }
        area /= static_cast<double>(yes.size() * no.size());
        const auto part = [&](const std::vector<double>& v) {
            double sum = 0;
            for (const double x : v) sum += (x - area) * (x - area);
            return sum / static_cast<double>(v.size() - 1) / static_cast<double>(v.size());
        };
        error = std::sqrt(part(of_yes) + part(of_no));
    }
};

strata::data::in_memory<> blobs() {
    strata::data::contents all{.sample = strata::shape(2), .classes = 2};
    std::mt19937 random(7);
    std::normal_distribution<float> noise;
    for (int i = 0; i < 400; ++i) {
        const int c = i % 2;
        all.floats.push_back(noise(random) + static_cast<float>(c)), all.floats.push_back(noise(random));
        all.labels.push_back(c);
    }
    return strata::data::in_memory<>{all};
}

} // namespace

TEST_CASE("roc_auc: by hand", "[train]") {
    STATIC_REQUIRE(strata::metric<roc_auc>);
    // scikit-learn's example: roc_auc_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    const auto m = collected<roc_auc>({{{0.1}, {0}}, {{0.4}, {0}}, {{0.35}, {1}}, {{0.8}, {1}}});
    CHECK(m.value() == 0.75);
    // Of yes 1/2 and 1 are won, of no 1 and 1/2: each variance is 1/8, each mean is of two.
    CHECK(m.standard_error() == Approx(std::sqrt(0.125 / 2 + 0.125 / 2)).epsilon(1e-15));
    CHECK(collected<roc_auc>({{{2}, {1}}, {{1}, {0}}}).value() == 1);
    CHECK(collected<roc_auc>({{{1}, {1}}, {{2}, {0}}}).value() == 0);
    CHECK(collected<roc_auc>({{{1}, {1}}, {{1}, {0}}}).value() == 0.5); // a tie
    CHECK(collected<roc_auc>({{{-infinite}, {1}}, {{infinite}, {0}}, {{infinite}, {1}}}).value() == 0.25);
    CHECK(std::isnan(collected<roc_auc>({{{2}, {1}}, {{1}, {0}}}).standard_error())); // one of each
    // Two scores of classes: their difference, yes is class 1.
    const auto two =
        collected<roc_auc>({{{1, 0.9}, {1, 0}}, {{0, 0.4}, {1, 0}}, {{5, 5.35}, {0, 1}}, {{0, 0.8}, {0, 1}}});
    CHECK(two.value() == 0.75);
}

TEST_CASE("roc_auc: against all pairs, with many ties and at every size", "[train]") {
    std::mt19937 random(3);
    for (const int levels : {2, 7, 1'000'000})
        for (const int n : {5, 40, 255, 256, 257, 700, 1500}) {
            std::vector<metric_sample> all;
            for (int i = 0; i < n; ++i) {
                const double yes = i < 2 || (i > 3 && random() % 3 == 0) ? 1 : 0; // two of each at least
                all.push_back({{static_cast<double>(random() % static_cast<unsigned>(levels)) + yes}, {yes}});
            }
            const by_pairs right(all);
            const auto m = collected<roc_auc>(all);
            CHECK(m.value() == Approx(right.area).epsilon(1e-13));
            CHECK(m.standard_error() == Approx(right.error).epsilon(1e-10).margin(1e-14));
        }
}

TEST_CASE("roc_auc: has no value where there is none", "[train]") {
    CHECK(std::isnan(roc_auc{}.value()));
    CHECK(std::isnan(collected<roc_auc>({{{1}, {1}}, {{2}, {1}}}).value())); // no no
    CHECK(std::isnan(collected<roc_auc>({{{1}, {0}}}).value()));
    CHECK(std::isnan(collected<roc_auc>({{{1}, {1}}, {{0}, {0}}, {{not_a_number}, {1}}}).value()));
    CHECK(std::isnan(collected<roc_auc>({{{1}, {1}}, {{0}, {0}}, {{1}, {not_a_number}}}).value()));
    CHECK(std::isnan(collected<roc_auc>({{{1}, {1}}, {{0}, {0}}, {{1, 2, 3}, {0, 0, 1}}}).value()));
    auto m = collected<roc_auc>({{{1}, {1}}, {{0}, {0}}, {{not_a_number}, {1}}});
    m.clear();
    const float one = 1, zero = 0;
    m.add(&one, &one, 1), m.add(&zero, &zero, 1);
    CHECK(m.value() == 1);
}

TEST_CASE("roc_auc: its state comes back, whatever its length", "[train]") {
    using metrics = strata::detail::collected_metrics<strata::binary_accuracy, roc_auc, strata::binary_f1>;
    metrics before, after, few;
    std::mt19937 random(5);
    const auto add = [&](metrics& m, unsigned n) {
        for (unsigned i = 0; i < n; ++i) {
            const float output = static_cast<float>(random() % 50) - 25, target = static_cast<float>(random() % 2);
            m.add(&output, &target, 1, 1);
        }
    };
    add(before, 1000), add(few, 3);
    REQUIRE(after.from_digits(before.digits()));
    CHECK(after.values() == before.values());
    CHECK(after.standard_errors() == before.standard_errors());
    CHECK(after.values()[1] > 0);
    std::mt19937 same = random;
    add(before, 500);
    random = same;
    add(after, 500);
    CHECK(after.values() == before.values());
    const std::string digits = few.digits();
    strata::detail::collected_metrics<strata::binary_accuracy> other;
    CHECK_FALSE(other.from_digits(digits));
    CHECK_FALSE(few.from_digits(digits.substr(2)));
    CHECK_FALSE(few.from_digits(digits + "00"));
    CHECK_FALSE(few.from_digits(""));
    CHECK(few.digits() == digits);
}

TEST_CASE("roc_auc: in a trainer, with one output or two, and resumed within an epoch", "[train]") {
    const auto data = blobs();
    strata::model<yes_or_no> net{strata::seed{1}};
    strata::trainer trainer{net, strata::binary_cross_entropy{}, strata::adam{.rate = 0.05}, roc_auc{}};
    trainer.fit(data, {.epochs = 5, .batch = 32, .progress = false});
    std::vector<metric_sample> all;
    for (std::size_t i = 0; i < data.size(); ++i) {
        float x[2];
        strata::data::class_index c;
        data.read(i, {}, x, c);
        all.push_back({{static_cast<double>(net(std::vector<float>{x[0], x[1]})[0])}, {static_cast<double>(c.value)}});
    }
    const auto result = trainer.evaluate(data);
    CHECK(result.metric == Approx(by_pairs(all).area).epsilon(1e-6));
    CHECK(result.metric > 0.7); // two normal distributions one deviation apart: 0.76

    strata::model<two_classes> second{strata::seed{1}};
    strata::trainer of_two{second, strata::cross_entropy{}, strata::adam{.rate = 0.05}, roc_auc{}};
    of_two.fit(data, {.epochs = 5, .batch = 32, .progress = false});
    CHECK(of_two.evaluate(data).metric > 0.7);

    const temporary_folder folder;
    const auto run = [&](const std::string& where, int stop, bool resume) {
        strata::model<yes_or_no> again{strata::seed{1}};
        strata::trainer t{again, strata::binary_cross_entropy{}, strata::adam{.rate = 0.05}, roc_auc{}};
        return t.fit(data,
                     {.epochs = 2,
                      .batch = 32,
                      .progress = false,
                      .after_step = [&](const strata::step_report& r) { return r.step != stop; }},
                     strata::checkpoints{.folder = folder / where, .every_steps = 1, .resume = resume});
    };
    const auto whole = run("whole", -1, false);
    run("parts", 18, false);
    const auto resumed = run("parts", -1, true);
    REQUIRE(resumed.epochs.size() == 2);
    CHECK(resumed.epochs[1].metrics == whole.epochs[1].metrics);
}
