#include "catch.hpp"
#include "metric_samples.hpp"

#include <strata/metrics.hpp>

#include <cstdint>

using namespace strata_tests;
using strata::label_regions, strata::rand_error, strata::rand_error_of_foreground;
using labels = std::vector<std::int32_t>;

TEST_CASE("rand_error by hand", "[train]") {
    // Of the six pairs of four pixels, {0, 1} and {2, 3} are together in one map, {0, 1}, {0, 2} and {1, 2} in the
    // other: they differ on {0, 2}, {1, 2} and {2, 3}.
    CHECK(rand_error(labels{1, 1, 2, 2}, labels{7, 7, 7, 3}) == 0.5);
    CHECK(rand_error(labels{1, 1, 2, 2}, labels{5, 5, 0, 0}) == 0); // labels are names
    CHECK(rand_error(labels{1, 1, 1}, labels{1, 2, 3}) == 1);
    CHECK(std::isnan(rand_error(labels{1}, labels{1})));
    CHECK_THROWS_AS(rand_error(labels{1, 2}, labels{1}), strata::shape_error);
}

TEST_CASE("rand_error_of_foreground by hand", "[train]") {
    // Without the pixels of label 0: n[1] = 2, n[2] = 2, n[7] = 3, n[3] = 1; together 2, 1 and 1
    CHECK(rand_error_of_foreground(labels{0, 1, 1, 2, 2, 0}, labels{9, 7, 7, 7, 3, 9})
          == Approx(1 - 2.0 * (4 + 1 + 1) / (4 + 4 + 9 + 1)).epsilon(1e-15));
    CHECK(rand_error_of_foreground(labels{0, 1, 2}, labels{4, 5, 6}) == 0);
    CHECK(std::isnan(rand_error_of_foreground(labels{0, 0}, labels{1, 2})));
}

TEST_CASE("rand_error of many pixels is that of all their pairs", "[train]") {
    dice drawn(1);
    labels a, p;
    for (int i = 0; i < 150; ++i) a.push_back(drawn(4)), p.push_back(drawn(3));
    double differ = 0, pairs = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) ++pairs, differ += (a[i] == a[j]) != (p[i] == p[j]);
    CHECK(rand_error(a, p) == Approx(differ / pairs).epsilon(1e-14));
}

TEST_CASE("label_regions by hand", "[train]") {
    const labels classes{1, 1, 0, 1,  //
                         0, 1, 0, 1,  //
                         1, 0, 1, 0}; // corners do not connect
    CHECK(label_regions(classes, 3, 4, 1) == labels{1, 1, 0, 2, 0, 1, 0, 2, 3, 0, 4, 0});
    CHECK(label_regions(classes, 3, 4, 0) == labels{0, 0, 1, 0, 2, 0, 1, 0, 0, 3, 0, 4});
    CHECK(label_regions(labels{}, 0, 0, 1).empty());
    CHECK_THROWS_AS(label_regions(classes, 3, 5, 1), strata::shape_error);
}
