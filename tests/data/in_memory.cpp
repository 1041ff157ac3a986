// The data-set concept, in_memory, subset, split and shuffle.
#include "files.hpp"
#include <limits>
#include <strata/data/data_set.hpp>
#include <strata/data/in_memory.hpp>
#include <strata/data/views/shuffle.hpp>
#include <strata/data/views/split.hpp>
#include <strata/data/views/subset.hpp>

namespace data = strata::data;
using strata::seed;
using strata::shape;
using strata_tests::message_of;
using strata_tests::says;

namespace {

/// n samples of shape [2]; sample i is (i, i + 100) as bytes, of class i mod 3.
data::in_memory<> counting(int n) {
    data::contents all{.sample = shape(2), .scale = {0.5f, -1}, .classes = 3, .origin = "counting"};
    for (int i = 0; i < n; ++i) {
        all.bytes.push_back(static_cast<std::uint8_t>(i));
        all.bytes.push_back(static_cast<std::uint8_t>(i + 100));
        all.labels.push_back(i % 3);
    }
    return data::in_memory<>{all};
}

struct computed { // what a user writes: a data set without storage
    using target_type = data::class_index;
    [[nodiscard]] std::size_t size() const { return 10; }
    [[nodiscard]] shape sample_shape() const { return shape(1); }
    [[nodiscard]] int classes() const { return 2; }
    void read(std::size_t i, data::key k, std::span<float> x, data::class_index& t) const {
        x[0] = static_cast<float>(i + k.epoch);
        t.value = static_cast<int>(i % 2);
    }
};
struct without_classes {
    using target_type = data::class_index;
    [[nodiscard]] std::size_t size() const { return 0; }
    [[nodiscard]] shape sample_shape() const { return shape(1); }
    void read(std::size_t, data::key, std::span<float>, data::class_index&) const {}
};

static_assert(data::data_set<computed> && data::data_set<data::subset<computed>>);
static_assert(data::data_set<data::in_memory<>> && data::data_set<data::in_memory<data::values>>);
static_assert(data::labelled<data::in_memory<>> && !data::dense_targets<data::in_memory<>>);
static_assert(data::dense_targets<data::subset<data::in_memory<data::values>>>);
static_assert(!data::data_set<without_classes> && !data::data_set<int>);

} // namespace

TEST_CASE("in_memory scales bytes and floats", "[in_memory]") {
    const auto set = counting(5);
    CHECK(set.size() == 5);
    CHECK(set.sample_shape() == shape(2));
    CHECK(set.classes() == 3);
    CHECK(set.origin() == "counting");
    float x[2];
    data::class_index label;
    set.read(4, {}, x, label);
    CHECK(x[0] == 1);  // 4 · 0.5 − 1, exact in float
    CHECK(x[1] == 51); // 104 · 0.5 − 1
    CHECK(label.value == 1);

    const data::in_memory<> floats{{.sample = shape(1), .floats = {1.5f, -2}, .labels = {0, 1}, .classes = 2}};
    floats.read(1, {}, std::span(x, 1), label);
    CHECK(x[0] == -2);
    CHECK(label.value == 1);
}

TEST_CASE("scaling::of_bytes standardises", "[in_memory]") {
    constexpr auto scale = data::scaling::of_bytes(0.5f, 0.25f);
    // One rounding of the factor and one of the product: 2 · 2^-24 of values up to 4.
    CHECK(0 * scale.factor + scale.shift == Approx(-2).margin(5e-7));
    CHECK(255 * scale.factor + scale.shift == Approx(2).margin(5e-7));
}

TEST_CASE("in_memory with dense targets fills the caller's memory", "[in_memory]") {
    const data::in_memory<data::values> set{
        {.sample = shape(1), .floats = {1, 2}, .targets = {10, 11, 20, 21}, .target = shape(2)}};
    CHECK(set.target_shape() == shape(2));
    float x[1], memory[2];
    data::values target{memory};
    set.read(1, {}, x, target);
    CHECK(x[0] == 2);
    CHECK(memory[0] == 20);
    CHECK(memory[1] == 21);
    data::values narrow{std::span(memory, 1)};
    CHECK(says(message_of<strata::shape_error>([&] { set.read(0, {}, x, narrow); }), "target of 2", "a buffer of 1"));
}

TEST_CASE("in_memory with a label for each position, and its views", "[in_memory]") {
    const data::in_memory<data::class_indices> maps{{.sample = shape(1, 1, 3),
                                                     .floats = {0, 1, 2, 3, 4, 5, 6, 7, 8},
                                                     .labels = {0, 1, 1, -100, 0, 1, 1, 1, 0},
                                                     .classes = 2,
                                                     .target = shape(1, 3)}};
    STATIC_REQUIRE(data::data_set<decltype(maps)>);
    CHECK(maps.size() == 3);
    CHECK(maps.classes() == 2);
    CHECK(maps.target_shape() == shape(1, 3));
    const auto label_map = [](const auto& of, std::size_t i) {
        std::vector<float> x(3);
        std::vector<std::int32_t> t(3);
        data::class_indices target{t};
        of.read(i, {}, x, target);
        return t;
    };
    CHECK(label_map(maps, 1) == std::vector<std::int32_t>{-100, 0, 1}); // negative: a loss may ignore it
    const data::subset<data::in_memory<data::class_indices>> last(maps, {2});
    STATIC_REQUIRE(data::data_set<decltype(last)>);
    CHECK(last.target_shape() == shape(1, 3));
    CHECK(label_map(last, 0) == std::vector<std::int32_t>{1, 1, 0});
    std::vector<float> x(3);
    std::vector<std::int32_t> two(2);
    data::class_indices short_target{two};
    CHECK_THROWS_AS(maps.read(0, {}, x, short_target), strata::shape_error);

    using of_maps = data::in_memory<data::class_indices>;
    CHECK(says(message_of<strata::shape_error>([] {
                   of_maps{{.sample = shape(1), .floats = {1, 2}, .labels = {0}, .classes = 2, .target = shape(1)}};
               }),
               "2 samples but 1 labels", "per position of .target"));
    CHECK_NOTHROW(of_maps{
        {.sample = shape(1), .floats = {1}, .labels = {0, 255}, .classes = 2, .target = shape(2)}}); // may be ignored
}

TEST_CASE("in_memory refuses contents that do not fit together", "[in_memory]") {
    const auto refused = [](data::contents c) {
        return message_of<strata::shape_error>([&] { data::in_memory<>{std::move(c)}; });
    };
    CHECK(says(refused({.sample = shape(2), .bytes = {1, 2, 3}, .labels = {0}, .classes = 1}), "samples of 2",
               "3 bytes"));
    CHECK(says(refused({.sample = shape(1), .bytes = {1}, .floats = {1}, .labels = {0}, .classes = 1}),
               "one of the three"));
    CHECK(says(refused({.sample = shape(), .bytes = {1}, .labels = {0}, .classes = 1}), "samples of 0"));
    CHECK(says(refused({.sample = shape(1), .bytes = {1, 2}, .labels = {0}, .classes = 1}), "2 samples", "1 labels"));
    CHECK(says(refused({.sample = shape(1), .bytes = {1, 2}, .labels = {0, 3}, .classes = 3}), "label 3", "sample 1",
               "3 classes"));
    CHECK(says(message_of<strata::shape_error>([] {
                   data::in_memory<data::values>{
                       {.sample = shape(1), .floats = {1, 2}, .targets = {1, 2, 3}, .target = shape(2)}};
               }),
               "2 samples", "3 target values"));
}

TEST_CASE("in_memory refuses a sample that is not there and memory that does not fit", "[in_memory]") {
    const auto set = counting(3);
    float x[3];
    data::class_index label;
    CHECK(says(message_of<strata::shape_error>([&] { set.read(3, {}, std::span(x, 2), label); }), "sample 3", "has 3"));
    CHECK(says(message_of<strata::shape_error>([&] { set.read(0, {}, x, label); }), "sample of 2", "a buffer of 3"));
}

TEST_CASE("permutation is a permutation that seed and epoch determine", "[shuffle]") {
    const auto order = data::permutation(1000, seed{5}, 2);
    std::vector<int> seen(1000, 0);
    for (const std::size_t i : order) ++seen.at(i);
    CHECK(seen == std::vector<int>(1000, 1));
    CHECK(order == data::permutation(1000, seed{5}, 2));
    CHECK(order != data::permutation(1000, seed{5}, 3));
    CHECK(order != data::permutation(1000, seed{6}, 2));
    CHECK(data::permutation(0, seed{1}).empty());
    CHECK(data::permutation(1, seed{1}) == std::vector<std::size_t>{0});
}

TEST_CASE("every order of three is equally likely", "[shuffle]") {
    int count[27]{};
    for (std::uint64_t epoch = 0; epoch < 6000; ++epoch) {
        const auto order = data::permutation(3, seed{1}, epoch);
        ++count[order[0] * 9 + order[1] * 3 + order[2]];
    }
    int orders = 0;
    for (const int c : count) {
        if (c == 0) continue;
        ++orders;
        // Binomial(6000, 1/6): deviation 28.9; five of them.
        CHECK(c == Approx(1000).margin(145));
    }
    CHECK(orders == 6);
}

TEST_CASE("split is disjoint, covering and deterministic", "[split]") {
    const auto set = counting(101);
    const auto [kept, held_out] = set.split(0.9, seed{1});
    CHECK(kept.size() == 91); // round(90.9)
    CHECK(held_out.size() == 10);
    std::vector<int> seen(101, 0);
    for (const std::size_t i : kept.indices()) ++seen.at(i);
    for (const std::size_t i : held_out.indices()) ++seen.at(i);
    CHECK(seen == std::vector<int>(101, 1));
    CHECK(set.split(0.9, seed{1}).second.indices() == held_out.indices());
    CHECK(set.split(0.9, seed{2}).second.indices() != held_out.indices());
    CHECK(held_out.classes() == 3);
    CHECK(held_out.sample_shape() == shape(2));
    CHECK(held_out.origin() == "counting");

    float x[2];
    data::class_index label;
    for (std::size_t i = 0; i < held_out.size(); ++i) {
        held_out.read(i, {}, x, label);
        const auto original = held_out.indices()[i];
        CHECK(x[0] == static_cast<float>(original) * 0.5f - 1); // exact
        CHECK(label.value == static_cast<int>(original % 3));
    }
}

TEST_CASE("a subset splits again without nesting", "[split]") {
    const auto set = counting(40);
    const auto [half, other] = set.split(0.5, seed{1});
    const auto [quarter, rest] = half.split(0.5, seed{1});
    static_assert(std::is_same_v<decltype(quarter), decltype(half)>);
    CHECK(quarter.size() == 10);
    CHECK(rest.size() == 10);
    std::vector<int> seen(40, 0);
    for (const auto* part : {&quarter, &rest, &other})
        for (const std::size_t i : part->indices()) ++seen.at(i);
    CHECK(seen == std::vector<int>(40, 1));
}

TEST_CASE("split refuses fractions that make no sense", "[split]") {
    const auto set = counting(10);
    for (const double fraction : {0.0, 1.0, -0.5, 1.5, std::numeric_limits<double>::quiet_NaN()})
        CHECK(says(message_of<strata::shape_error>([&] { (void)set.split(fraction, seed{1}); }), "between 0 and 1"));
    for (const double fraction : {0.01, 0.99})
        CHECK(says(message_of<strata::shape_error>([&] { (void)set.split(fraction, seed{1}); }), "10 samples",
                   "one part empty"));
}

TEST_CASE("subset refuses indices beyond its data set, and samples beyond itself", "[subset]") {
    CHECK(says(message_of<strata::shape_error>([] { data::subset(computed{}, {0, 10}); }), "sample 10", "has 10"));
    const data::subset some(computed{}, {7, 7, 2});
    float x[1];
    data::class_index label;
    some.read(1, {.epoch = 5}, x, label);
    CHECK(x[0] == 12); // the key reaches the underlying set
    CHECK(label.value == 1);
    CHECK(says(message_of<strata::shape_error>([&] { some.read(3, {}, x, label); }), "sample 3", "has 3"));
}
