// Weights from a formula or a list, as a view of any data set.
#include "files/csv_reading.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/data/views/augmented.hpp>
#include <strata/data/views/subset.hpp>
#include <strata/data/views/weighted.hpp>
#include <strata/metrics.hpp>
#include <strata/reference/reference.hpp>
#include <strata/strata.hpp>

#include <array>
#include <cmath>
#include <deque>
#include <limits>
#include <span>

using namespace strata_tests;
using strata::seed, strata::shape, strata::shape_error;

namespace {

struct line : strata::network<strata::features<2>, strata::dense<1>> {};

data::in_memory<data::values> curve(std::vector<float> weights = {}) {
    return data::in_memory<data::values>({.sample = shape(2),
                                          .floats = {1, 2, 3, 4, 5, 6},
                                          .targets = {10, 20, 30},
                                          .target = shape(1),
                                          .origin = "made",
                                          .weights = std::move(weights)});
}
data::in_memory<> classes() {
    return data::in_memory<>({.sample = shape(1), .floats = {7, 8, 9}, .labels = {0, 1, 0}, .classes = 2});
}
/// A data set of one's own, which has no weights.
struct own {
    using target_type = data::class_index;
    static std::size_t size() { return 4; }
    static shape sample_shape() { return shape(1); }
    static int classes() { return 2; }
    static void read(std::size_t i, data::key, std::span<float> x, data::class_index& target) {
        x[0] = static_cast<float>(i), target.value = static_cast<int>(i % 2);
    }
};
template <class Set>
std::vector<double> weights_of(const Set& set) {
    std::vector<double> all;
    for (std::size_t i = 0; i < set.size(); ++i) all.push_back(set.weight(i));
    return all;
}
using weights = std::vector<double>;

static_assert(data::data_set<data::weighted<own>> && data::data_set<data::weighted<data::in_memory<data::values>>>);

} // namespace

TEST_CASE("weighted: a formula of the sample, its target and the weight that it had", "[weighted]") {
    const auto by_x = data::weighted(curve(), [](const auto& sample) { return sample.x[1] / 4; });
    CHECK(weights_of(by_x) == weights{0.5, 1, 1.5});
    CHECK(by_x.has_weights());
    CHECK(samples_of(by_x) == samples_of(curve())); // the numbers stay
    CHECK(by_x.origin() == "made");
    CHECK(weights_of(data::weighted(curve(), [](const auto& sample) { return sample.target[0] > 15 ? 2 : 1; }))
          == weights{1, 2, 2});
    CHECK(weights_of(data::weighted(curve(), [](const auto& sample) { return sample.index; })) == weights{0, 1, 2});
    const auto twice = [](const auto& sample) { return 2 * sample.weight; };
    CHECK(weights_of(data::weighted(curve({3, 4, 5}), twice)) == weights{6, 8, 10});
    CHECK(weights_of(data::weighted(data::weighted(curve(), twice), twice)) == weights{4, 4, 4});
    const auto of_class = data::weighted(classes(), [](const auto& sample) { return sample.label == 1 ? 5.0f : 0.5f; });
    CHECK(weights_of(of_class) == weights{0.5, 5, 0.5});
    CHECK(of_class.label(1) == 1);
    CHECK(weights_of(data::weighted(own{}, [](const auto& sample) { return sample.x[0] + 10 * sample.label; }))
          == weights{0, 11, 2, 13});
}

TEST_CASE("weighted: a list, in doubles, floats or braces", "[weighted]") {
    CHECK(weights_of(data::weighted(own{}, {1, 0.5, 2, 0})) == weights{1, 0.5, 2, 0});
    CHECK(weights_of(data::weighted(curve(), std::vector<double>{0.1, 0, 3})) == weights{0.1, 0, 3});
    CHECK(weights_of(data::weighted(curve({9, 9, 9}), std::vector<float>{0.5f, 1, 2})) == weights{0.5, 1, 2});
}

TEST_CASE("weighted: a list is any range of numbers", "[weighted]") {
    CHECK(weights_of(data::weighted(curve(), std::vector<int>{1, 0, 3})) == weights{1, 0, 3});
    CHECK(weights_of(data::weighted(curve(), std::array<double, 3>{0.1, 0, 3})) == weights{0.1, 0, 3});
    CHECK(weights_of(data::weighted(curve(), std::deque<long>{4, 5, 6})) == weights{4, 5, 6});
    const float plain[] = {0.5f, 1, 2};
    CHECK(weights_of(data::weighted(curve(), plain)) == weights{0.5, 1, 2});
    CHECK(weights_of(data::weighted(curve(), std::span<const float>(plain))) == weights{0.5, 1, 2});
    CHECK(says(message_of<shape_error>([&] { (void)data::weighted(curve(), std::vector<int>{1, 1}); }), "2 weights"));
    CHECK(says(message_of<shape_error>([&] { (void)data::weighted(curve(), std::vector<int>{1, 1, -1}); }),
               "the weight of sample 2"));
}

TEST_CASE("weighted: the loss counts the weights, metrics and views do as for other weights", "[weighted]") {
    strata::model<line, strata::reference, strata::fp64> net{seed{1}};
    net.set("0.weight", std::vector<double>{1, 2});
    net.set("0.bias", std::vector<double>{0});
    strata::trainer trainer{net, strata::mean_squared_error{}, strata::sgd{}, strata::root_mean_squared{}};
    // y = 5, 11, 17; the errors are -5, -9, -13 and count 1, 0, 3
    const auto set = data::weighted(curve(), {1, 0, 3});
    const auto result = trainer.evaluate(set);
    CHECK(result.loss == Approx((25 + 3 * 169) / 4.0).epsilon(1e-14));
    CHECK(result.metric == Approx(std::sqrt((25 + 81 + 169) / 3.0)).epsilon(1e-14)); // all samples count alike
    const auto [one, other] = data::split(set, 0.67, seed{1});
    CHECK(one.size() == 2);
    CHECK(one.weight(1) == set.weight(one.indices()[1]));
    CHECK(other.weight(0) == set.weight(other.indices()[0]));
    const auto shaken = data::augmented(set, [](std::span<float> x, shape, strata::philox_stream&) { x[0] += 1; });
    CHECK(weights_of(shaken) == weights{1, 0, 3});
}

TEST_CASE("weighted: CSV files in memory and streamed, with every digit", "[weighted][csv]") {
    const temporary_folder folder;
    const std::string path = folder.file("a.csv", "area,n,price\n100.000000001,4,1\n200,9,2\n");
    const auto formula = [](const auto& sample) { return sample.x[0] / 100; };
    const data::csv_options options{.features = {"area"}, .targets = {"price"}};
    const auto loaded = data::weighted(data::csv_values(path, options), formula);
    CHECK(weights_of(loaded) == weights{100.000000001 / 100, 2});
    CHECK(weights_of(data::weighted(data::csv_values_streamed(path, options), formula)) == weights_of(loaded));
    CHECK(loaded.holds_doubles());
    CHECK(loaded.encoding()->column_names() == names{"area"});
    CHECK(weights_of(data::weighted(loaded, data::csv_features(path, {.features = {"n"}}))) == weights{4, 9});
}

TEST_CASE("weighted: weights that make no sense are refused when the view is made", "[weighted]") {
    for (const double wrong :
         {-1.0, 1e39, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
        CHECK(says(message_of<shape_error>([&] {
                       (void)data::weighted(curve(), [wrong](const auto& s) { return s.index == 1 ? wrong : 1; });
                   }),
                   "the weight of sample 1"));
        CHECK(says(message_of<shape_error>([&] { (void)data::weighted(curve(), {1, 1, wrong}); }),
                   "the weight of sample 2"));
    }
    CHECK(says(message_of<shape_error>([&] { (void)data::weighted(curve(), {1, 1}); }), "2 weights",
               "a data set of 3 samples"));
    const auto set = data::weighted(curve(), {1, 1, 1});
    CHECK(says(message_of<shape_error>([&] { (void)set.weight(3); }), "sample 3"));
}
