#include "catch.hpp"
#include "metric_samples.hpp"
#include <strata/metrics.hpp>
#include <string>

using namespace strata_tests;

namespace {
struct without_name {
    static constexpr bool higher_is_better = true, takes_class_index = true;
    template <class T>
    void add(const T*, const T*, int) noexcept {}
    double value() const noexcept { return 0; }
    double standard_error() const noexcept { return 0; }
    void clear() noexcept {}
};
struct may_throw : without_name {
    static constexpr const char* name = "may_throw";
    template <class T>
    void add(const T*, const T*, int) {}
};
struct floats_only : without_name {
    static constexpr const char* name = "floats_only";
    void add(const float*, const float*, int) noexcept {}
};

/// What holds for every metric: empty and cleared it has no value, `name` is its name, and a sample by float
/// counts like one by double.
template <strata::metric M>
void check_metric(const char* name, bool higher, bool classes) {
    INFO(name);
    CHECK(std::string{M::name} == name);
    CHECK(M::higher_is_better == higher);
    CHECK(M::takes_class_index == classes);

    M m;
    CHECK(std::isnan(m.value()));
    CHECK(std::isnan(m.standard_error()));
    const double output[] = {0.5, -2, 1}, target[] = {0, 0, 1};
    m.add(output, target, 3);
    m.add(target, output, 3);
    const double value = m.value(), error = m.standard_error();
    CHECK(value == value);
    m.clear();
    CHECK(std::isnan(m.value()));
    CHECK(std::isnan(m.standard_error()));
    const float output_in_floats[] = {0.5F, -2, 1}, target_in_floats[] = {0, 0, 1};
    m.add(output_in_floats, target_in_floats, 3);
    m.add(target_in_floats, output_in_floats, 3);
    CHECK(m.value() == value);
    CHECK((m.standard_error() == error || (std::isnan(m.standard_error()) && std::isnan(error))));
}
} // namespace

TEST_CASE("metric: what a metric must have", "[train]") {
    STATIC_REQUIRE(strata::metric<strata::accuracy>);
    STATIC_REQUIRE_FALSE(strata::metric<without_name>);
    STATIC_REQUIRE_FALSE(strata::metric<may_throw>);
    STATIC_REQUIRE_FALSE(strata::metric<floats_only>);
    STATIC_REQUIRE_FALSE(strata::metric<int>);
    STATIC_REQUIRE(strata::metric_outputs<strata::accuracy> == 0);
    STATIC_REQUIRE(strata::metric_outputs<strata::macro_f1<7>> == 7);
    STATIC_REQUIRE(strata::metric_outputs<strata::confusion_matrix<3>> == 3);
}

TEST_CASE("metric: every metric is one", "[train]") {
    check_metric<strata::accuracy>("accuracy", true, true);
    check_metric<strata::top_k<2>>("top_2", true, true);
    check_metric<strata::top_k<100>>("top_100", true, true);
    check_metric<strata::mean_absolute_error>("mean_absolute_error", false, false);
    check_metric<strata::mean_squared>("mean_squared_error", false, false);
    check_metric<strata::root_mean_squared>("root_mean_squared_error", false, false);
    check_metric<strata::binary_accuracy>("binary_accuracy", true, false);
    check_metric<strata::binary_precision>("binary_precision", true, false);
    check_metric<strata::binary_recall>("binary_recall", true, false);
    check_metric<strata::binary_f1>("binary_f1", true, false);
    check_metric<strata::confusion_matrix<3>>("confusion_matrix", true, true);
    check_metric<strata::macro_precision<3>>("macro_precision", true, true);
    check_metric<strata::macro_recall<3>>("macro_recall", true, true);
    check_metric<strata::macro_f1<3>>("macro_f1", true, true);
}
