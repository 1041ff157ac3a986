// Means and deviations, fitted on one data set and applied to it and to others.
#include "files.hpp"
#include <cmath>
#include <limits>
#include <strata/data/in_memory.hpp>
#include <strata/data/views/normalised.hpp>

namespace data = strata::data;
using strata::shape;
using strata_tests::message_of;
using strata_tests::says;

namespace {

data::in_memory<> flat(std::vector<float> floats, int features) {
    const std::size_t n = floats.size() / static_cast<std::size_t>(features);
    return data::in_memory<>{{.sample = shape(features),
                              .floats = std::move(floats),
                              .labels = std::vector<int>(n, 0),
                              .classes = 1,
                              .origin = "made",
                              .class_names = {"all"}}};
}
template <class Set>
std::vector<float> sample(const Set& set, std::size_t i) {
    std::vector<float> x(static_cast<std::size_t>(set.sample_shape().size()));
    data::class_index label;
    set.read(i, {}, x, label);
    return x;
}
using numbers = std::vector<float>;
static_assert(data::data_set<data::normalised<data::in_memory<>>>
              && data::data_set<data::normalised<data::in_memory<data::values>>>);

} // namespace

TEST_CASE("normalisation by hand, per feature, fitted on the training part alone", "[normalised]") {
    const auto train = flat({1, 10, 7, 3, 10, 7, 5, 10, 7, 7, 10, 7}, 3), test = flat({4, 11, 6}, 3);
    const auto scale = data::fit_normalisation(train);
    CHECK(scale.mean == std::vector<double>{4, 10, 7});
    CHECK(scale.deviation[0]
          == Approx(std::sqrt(5.0)).epsilon(1e-15)); // (9 + 1 + 1 + 9) / 4, a few roundings in double
    CHECK(scale.deviation[1] == 1);                  // constant
    const auto x = data::normalised(train, scale), y = data::normalised(test, scale);
    CHECK(sample(x, 0) == numbers{static_cast<float>(-3 / std::sqrt(5.0)), 0, 0});
    CHECK(sample(y, 0) == numbers{0, 1, -1}); // the training part's numbers, not its own
    CHECK(x.size() == 4);
    CHECK(x.sample_shape() == shape(3));
    CHECK(x.classes() == 1);
    CHECK(x.label(2) == 0);
    CHECK(x.origin() == "made");
    CHECK(x.class_names() == std::vector<std::string>{"all"});
    CHECK(x.scale().mean == scale.mean);
}

TEST_CASE("normalisation of images is per channel", "[normalised]") {
    // Two images of two channels: 0 2 4 6 and, in the other, 1000 and 1002.
    const data::in_memory<> set{
        {.sample = shape(2, 1, 2), .floats = {0, 2, 1000, 1002, 4, 6, 1000, 1002}, .labels = {0, 0}, .classes = 1}};
    const auto scale = data::fit_normalisation(set);
    CHECK(scale.mean == std::vector<double>{3, 1001});
    CHECK(scale.deviation[0] == Approx(std::sqrt(5.0)).epsilon(1e-15));
    CHECK(scale.deviation[1] == 1); // not as a constant: it is 1
    CHECK(sample(data::normalised(set, scale), 1)
          == numbers{static_cast<float>(1 / std::sqrt(5.0)), static_cast<float>(3 / std::sqrt(5.0)), -1, 1});
}

TEST_CASE("normalisation keeps its digits far from zero, and finds constants exactly", "[normalised]") {
    // In float, or as the difference of sums of squares, nothing of the deviation would be left.
    std::vector<float> floats;
    for (int i = 0; i < 10'000; ++i) floats.push_back(1e6f + static_cast<float>(i % 2)), floats.push_back(0.1f);
    const auto scale = data::fit_normalisation(flat(floats, 2));
    CHECK(scale.mean[0] == Approx(1e6 + 0.5).epsilon(1e-12)); // 10^4 roundings of 1e-16 at most
    CHECK(scale.deviation[0] == Approx(0.5).epsilon(1e-8));   // those, times 1e6 / 0.5, in the differences
    CHECK(scale.mean[1] == static_cast<double>(0.1f));
    CHECK(scale.deviation[1] == 1);
    const auto x = data::normalised(flat(floats, 2), scale);
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double v = static_cast<double>(sample(x, i)[0]);
        sum += v, squares += v * v;
        CHECK(sample(x, i)[1] == 0);
    }
    CHECK(sum / 10'000 == Approx(0).margin(1e-6)); // roundings to float, 6e-8 of 1
    CHECK(squares / 10'000 == Approx(1).margin(1e-6));
}

TEST_CASE("normalisation of a data set with dense targets leaves the targets alone", "[normalised]") {
    const data::in_memory<data::values> set{
        {.sample = shape(1), .floats = {1, 3}, .targets = {10, 20}, .target = shape(1)}};
    const data::normalised x(set, data::fit_normalisation(set));
    float in[1], out[1];
    data::values target{out};
    x.read(1, {}, in, target);
    CHECK(in[0] == 1);
    CHECK(out[0] == 20);
    CHECK(x.target_shape() == shape(1));
}

TEST_CASE("normalisation refuses what it cannot do", "[normalised]") {
    const auto set = flat({1, 2, 3, 4}, 2);
    const auto refused = [&](data::normalisation n) {
        return message_of<strata::error>([&] { (void)data::normalised(set, std::move(n)); });
    };
    CHECK(says(refused({{0}, {1}}), "1 means and 1 deviations", "2 elements"));
    CHECK(says(refused({{0, 0}, {1}}), "2 means and 1 deviations"));
    const double nan = std::numeric_limits<double>::quiet_NaN(), infinite = std::numeric_limits<double>::infinity();
    for (const double d : {0.0, -1.0, nan, infinite}) CHECK(says(refused({{0, 0}, {1, d}}), "deviation 1"));
    CHECK(says(refused({{nan, 0}, {1, 1}}), "deviation 0"));
    CHECK(says(message_of<strata::error>(
                   [] { (void)data::fit_normalisation(flat({1, 2, 3, std::numeric_limits<float>::infinity()}, 2)); }),
               "element 1 of sample 1", "is not finite"));
    CHECK(says(message_of<strata::shape_error>([] { (void)data::fit_normalisation(flat({}, 2)); }), "zero samples"));
}
