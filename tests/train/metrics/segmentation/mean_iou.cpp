#include "catch.hpp"
#include "metric_samples.hpp"

#include <strata/metrics.hpp>

#include <numeric>

using namespace strata_tests;
using strata::dice_score, strata::mean_iou;

namespace {
template <int C>
std::vector<metric_sample> samples_of(const std::vector<double>& table) {
    std::vector<metric_sample> all;
    for (int a = 0; a < C; ++a)
        for (int p = 0; p < C; ++p)
            for (int i = 0; i < table[std::size_t(a * C + p)]; ++i) all.push_back(taken_for(C, a, p));
    return all;
}

//           IoU   Dice      pixels by actual and predicted class
// class 0:  4/7   8/11
// class 1:  3/7   6/10
// class 2:  1/2   2/3
const std::vector<double> by_hand = {4, 2, 0, 1, 3, 0, 0, 1, 1};

/// Of a table of counts of pixels, which need not be whole.
double iou_of(const std::vector<double>& t, int c) {
    double row = 0, column = 0;
    for (std::size_t i = 0; i < 3; ++i) row += t[std::size_t(c) * 3 + i], column += t[i * 3 + std::size_t(c)];
    return t[std::size_t(c) * 4] / (row + column - t[std::size_t(c) * 4]);
}
} // namespace

TEST_CASE("mean_iou by hand", "[train]") {
    const auto m = collected<mean_iou<3>>(samples_of<3>(by_hand));
    CHECK(m.iou(0) == 4.0 / 7);
    CHECK(m.iou(1) == 3.0 / 7);
    CHECK(m.iou(2) == 0.5);
    CHECK(m.value() == Approx((4.0 / 7 + 3.0 / 7 + 0.5) / 3).epsilon(1e-15));
    const auto d = collected<dice_score<3>>(samples_of<3>(by_hand));
    CHECK(d.dice(0) == 8.0 / 11);
    CHECK(d.dice(1) == 0.6);
    CHECK(d.dice(2) == 2.0 / 3);
    CHECK(d.value() == Approx((8.0 / 11 + 0.6 + 2.0 / 3) / 3).epsilon(1e-15));
    CHECK(d.value() == collected<strata::macro_f1<3>>(samples_of<3>(by_hand)).value());
    CHECK(d.standard_error()
          == Approx(collected<strata::macro_f1<3>>(samples_of<3>(by_hand)).standard_error()).epsilon(1e-14));
}

TEST_CASE("mean_iou: an ignored class, and one that is not there", "[train]") {
    // Without the pixels of class 1 the table is {4, 2, 0}, {}, {0, 1, 1}.
    const auto m = collected<mean_iou<3, 1>>(samples_of<3>(by_hand));
    CHECK(m.value() == Approx((4.0 / 6 + 1.0 / 2) / 2).epsilon(1e-15));
    const auto four = collected<mean_iou<4>>({taken_for(4, 0, 0), taken_for(4, 1, 0)});
    CHECK(four.value() == (0.5 + 0) / 2);
    CHECK(std::isnan(four.iou(3)));
    CHECK(std::isnan(mean_iou<4>().value()));
    CHECK(std::isnan(mean_iou<4>().standard_error()));
    strata::mean_iou<3, 1> by_class;
    const std::vector<float> scores{0, 5, 1};
    by_class.add(scores.data(), strata::data::class_index{1}, 3); // ignored
    by_class.add(scores.data(), strata::data::class_index{0}, 3);
    CHECK(by_class.matrix().samples() == 1);
    by_class.clear();
    CHECK(by_class.matrix().samples() == 0);
}

TEST_CASE("mean_iou: the standard error is the delta method's", "[train]") {
    const auto m = collected<mean_iou<3>>(samples_of<3>(by_hand));
    const double expected = delta_method_error(
        by_hand, [](const std::vector<double>& t) { return (iou_of(t, 0) + iou_of(t, 1) + iou_of(t, 2)) / 3; });
    CHECK(m.standard_error() == Approx(expected).epsilon(1e-6)); // central differences
}

static_assert(strata::metric<mean_iou<3>> && strata::metric<dice_score<3, 0>>);
