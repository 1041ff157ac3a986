/// collected_metrics: what a checkpoint keeps of metrics comes back, of those that own memory as well.
#include "catch.hpp"

#include <strata/metrics.hpp>
#include <strata/train/metrics/collected_metrics.hpp>

using namespace strata;
using namespace strata::core;

namespace {

/// Three samples of three classes: two right, one of class 2 taken for 0.
template <class Metrics>
void add_three(Metrics& metrics) {
    const float outputs[] = {1, 0, 0, 0, 1, 0, 1, 0, 0}, targets[] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    metrics.add(outputs, targets, 3, 3);
}

} // namespace

TEST_CASE("metrics come back from their digits", "[train]") {
    using metrics = detail::collected_metrics<accuracy, confusion_matrix<3>, macro_f1<3>, top_k<2>>;
    metrics before, after;
    add_three(before);
    REQUIRE(after.from_digits(before.digits()));
    CHECK(after.values() == before.values());
    CHECK(after.values() == std::vector<double>{2.0 / 3, 2.0 / 3, (2.0 / 3 + 1 + 0) / 3, after.values()[3]});
    const auto& matrix = std::get<1>(after.all);
    CHECK((matrix(0, 0) == 1 && matrix(1, 1) == 1 && matrix(2, 0) == 1 && matrix.samples() == 3));
    add_three(before), add_three(after);
    CHECK(after.digits() == before.digits());
    after.clear();
    CHECK(std::get<1>(after.all).samples() == 0);
    CHECK(after.digits() == metrics{}.digits());
}

TEST_CASE("digits of other metrics are refused, and change nothing", "[train]") {
    detail::collected_metrics<confusion_matrix<3>> three;
    detail::collected_metrics<confusion_matrix<4>> four;
    add_three(three);
    const std::string digits = three.digits();
    CHECK_FALSE(four.from_digits(digits));
    CHECK_FALSE(three.from_digits(digits.substr(1) + "g"));
    CHECK(three.digits() == digits);
}
