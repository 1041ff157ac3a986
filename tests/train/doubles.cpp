// Data in double: from a CSV file, records, memory and a data set of one's own to a model of fp64, digit for digit.
#include "files.hpp"

#include <strata/data/changes/flip.hpp>
#include <strata/data/csv/csv.hpp>
#include <strata/data/csv/streamed_csv.hpp>
#include <strata/data/prefetched_batches.hpp>
#include <strata/data/readers/number_records.hpp>
#include <strata/data/views/augmented.hpp>
#include <strata/data/views/normalised.hpp>
#include <strata/strata.hpp>
#include <strata/train/companions/prefetch.hpp>

#include <cmath>
#include <cstring>

namespace data = strata::data;
using strata::seed;
using strata::shape;
using strata_tests::temporary_folder;

namespace {

struct line : strata::network<strata::features<1>, strata::dense<1>> {};

/// Sample i and its target as doubles.
template <class Set>
std::pair<double, double> pair_of(const Set& set, std::size_t i) {
    static_assert(data::reads<Set, double>);
    double x = 0, t = 0;
    data::double_values target{std::span(&t, 1)};
    set.read(i, {}, std::span(&x, 1), target);
    return {x, t};
}
/// The squared error of y = x, which a model of fp64 finds: 0 only if sample and target keep all their digits.
template <class Set>
double error_of_identity(const Set& set) {
    strata::model<line, strata::cpu, strata::fp64> net{seed{1}};
    net.set("0.weight", std::vector<double>{1});
    net.set("0.bias", std::vector<double>{0});
    strata::trainer trainer{net, strata::mean_squared_error{}, strata::sgd{.rate = 1e-300}};
    const double loss = trainer.evaluate(set).loss;
    CHECK(trainer.fit(set, {.epochs = 1, .batch = 1, .progress = false}).epochs[0].loss == loss);
    CHECK(trainer.fit(set, {.epochs = 1, .batch = 2, .progress = false}, strata::prefetch{}).epochs[0].loss == loss);
    return loss;
}

struct own { // a data set that gives doubles alone
    using target_type = data::values;
    [[nodiscard]] std::size_t size() const { return 2; }
    [[nodiscard]] shape sample_shape() const { return shape(1); }
    [[nodiscard]] shape target_shape() const { return shape(1); }
    void read(std::size_t i, data::key, std::span<double> x, data::double_values& t) const {
        x[0] = 1'700'000'000 + static_cast<double>(i), t.into[0] = x[0] + 0.5;
    }
};
static_assert(data::data_set<own> && !data::reads<own, float>);
static_assert(data::reads<data::subset<own>, float> && data::reads<data::subset<own>, double>);

} // namespace

TEST_CASE("doubles: timestamps a second apart stay apart", "[train][csv]") {
    const temporary_folder folder;
    const std::string path = folder.file("a.csv", "t,y\n1700000000,1700000000.5\n1700000001,1700000001.5\n");
    const auto check = [](const auto& set) {
        CHECK(pair_of(set, 0) == std::pair(1700000000.0, 1700000000.5));
        CHECK(pair_of(set, 1) == std::pair(1700000001.0, 1700000001.5));
        CHECK(error_of_identity(set) == 0.25); // (0.5)²
    };
    const auto loaded = data::csv_values(path, {.targets = {"y"}});
    check(loaded);
    check(data::csv_values_streamed(path, {.targets = {"y"}}));
    check(data::subset(loaded, {0, 1}));
    check(own{});
    check(data::subset(own{}, {0, 1}));
    check(data::in_memory<data::values>{{.sample = shape(1),
                                         .doubles = {1700000000, 1700000001},
                                         .double_targets = {1700000000.5, 1700000001.5},
                                         .target = shape(1)}});
    check(data::augmented(loaded, [](auto, shape, strata::philox_stream&) {}));
    const double numbers[] = {1700000000, 1700000000.5, 1700000001, 1700000001.5};
    std::string bytes(sizeof numbers, '\0');
    std::memcpy(bytes.data(), numbers, sizeof numbers);
    check(data::number_records<data::values>({folder.file("a.bin", bytes)}, {.sample = shape(1),
                                                                             .target = shape(1),
                                                                             .stored = strata::io::dtype::f64,
                                                                             .target_stored = strata::io::dtype::f64}));
    data::prefetched_batches<decltype(loaded), double> batches(loaded);
    batches.begin({1, 0}, 2);
    const auto batch = batches.next();
    REQUIRE(batch.size == 2);
    CHECK(batch.samples[0] == 1700000001);
    CHECK(batch.targets[1] == 1700000000.5);
}

TEST_CASE("doubles: numbers of a CSV file are the nearest doubles", "[train][csv]") {
    const temporary_folder folder;
    const auto set =
        data::csv_values(folder.file("a.csv", "x,y\n0.1,1e-300\n-0.3,1e-400\n4.9e-324,16777217\n"), {.targets = {"y"}});
    CHECK(pair_of(set, 0) == std::pair(0.1, 1e-300));
    CHECK(pair_of(set, 1) == std::pair(-0.3, 0.0));
    CHECK(pair_of(set, 2) == std::pair(4.9e-324, 16777217.0));
    CHECK(set.holds_doubles());
    CHECK(!data::csv_values(folder.file("b.csv", "x,y\n0.5,1\n255,-3\n"), {.targets = {"y"}}).holds_doubles());
    float x = 0, t = 0;
    data::values target{std::span(&t, 1)};
    set.read(0, {}, std::span(&x, 1), target); // and floats for a model of fp32
    CHECK(x == 0.1f);
}

TEST_CASE("doubles: a model of fp32 reads normalised doubles before they are rounded", "[train]") {
    const data::in_memory<data::values> set{{.sample = shape(1),
                                             .doubles = {1700000000, 1700000001, 1700000002},
                                             .targets = {1, 2, 3},
                                             .target = shape(1)}};
    const auto scale = data::fit_normalisation(set);
    CHECK(scale.mean[0] == 1700000001);
    const data::normalised x(set, scale);
    const double third = 1 / std::sqrt(2.0 / 3);
    for (std::size_t i = 0; i < 3; ++i) {
        float v = 0, t = 0;
        data::values target{std::span(&t, 1)};
        x.read(i, {}, std::span(&v, 1), target);
        CHECK(v == static_cast<float>((static_cast<double>(i) - 1) * third));
        CHECK(t == static_cast<float>(i + 1));
        CHECK(pair_of(x, i)
              == std::pair((static_cast<double>(i) - 1) / scale.deviation[0], static_cast<double>(i + 1)));
    }
    // A change of floats alone is applied to floats, whatever is below.
    const data::augmented rough(x, [](std::span<float> v, shape, strata::philox_stream&) { v[0] += 1; });
    static_assert(!data::reads<decltype(rough), double>);
    CHECK(!rough.holds_doubles());
}

TEST_CASE("fit_normalisation and predict read the doubles of a data set for a model of fp64", "[train]") {
    using namespace strata;
    struct scaled : network<features<1>, normalise, dense<1>> {};
    std::vector<double> times;
    for (int i = 0; i < 60; ++i) times.push_back(1.7e9 + i); // as floats, 128 apart
    const strata::data::in_memory<strata::data::values> seconds{
        {.sample = shape(1), .doubles = times, .targets = std::vector<float>(60), .target = shape(1)}};
    model<scaled, cpu, fp64> net{seed{1}};
    fit_normalisation(net, seconds);
    CHECK(net.get("0.mean")[0] == 1.7e9 + 29.5);
    CHECK(std::abs(net.get("0.std")[0] - std::sqrt(3599.0 / 12)) < 1e-9);
    const std::vector<double> all = net.predict(seconds);
    for (std::size_t i = 0; i < 60; ++i) CHECK(all[i] == net(std::vector<double>{times[i]})[0]);
    CHECK(all[0] != all[1]);
}
