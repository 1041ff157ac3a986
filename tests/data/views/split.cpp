// Splits into three, and splits that keep the shares of the classes.
#include "files.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <strata/data/in_memory.hpp>
#include <strata/data/views/stratified_split.hpp>

namespace data = strata::data;
using strata::seed;
using strata::shape;
using strata_tests::message_of;
using strata_tests::says;

namespace {

/// Classes in runs, so that a split that went by place would show.
data::in_memory<> of_classes(const std::vector<int>& members) {
    data::contents all{.sample = shape(1), .classes = static_cast<int>(members.size())};
    for (std::size_t c = 0; c < members.size(); ++c)
        for (int i = 0; i < members[c]; ++i) {
            all.floats.push_back(static_cast<float>(all.floats.size()));
            all.labels.push_back(static_cast<int>(c));
        }
    return data::in_memory<>{all};
}

/// A data set that cannot tell a label without reading the sample.
struct unlabelled_reader {
    using target_type = data::class_index;
    data::in_memory<> all;
    [[nodiscard]] std::size_t size() const { return all.size(); }
    [[nodiscard]] shape sample_shape() const { return all.sample_shape(); }
    [[nodiscard]] int classes() const { return all.classes(); }
    void read(std::size_t i, data::key k, std::span<float> x, data::class_index& t) const { all.read(i, k, x, t); }
};
template <class D>
concept tells_labels = requires(D d) { d.label(0); };
static_assert(data::labelled<unlabelled_reader> && !tells_labels<unlabelled_reader>);
static_assert(tells_labels<data::in_memory<>> && tells_labels<data::subset<data::in_memory<>>>);
static_assert(!tells_labels<data::subset<unlabelled_reader>>);

template <class... Parts>
void check_disjoint_and_covering(std::size_t n, const Parts&... parts) {
    std::vector<int> seen(n, 0);
    for (const auto* part : {&parts...}) {
        CHECK(std::is_sorted(part->indices().begin(), part->indices().end()));
        for (const std::size_t i : part->indices()) ++seen.at(i);
    }
    CHECK(seen == std::vector<int>(n, 1));
}

} // namespace

TEST_CASE("a split into three is disjoint, covering and deterministic", "[split]") {
    const auto set = of_classes({101});
    const auto [train, validation, test] = set.split(0.8, 0.1, seed{1});
    CHECK(train.size() == 81); // round(80.8)
    CHECK(validation.size() == 10);
    CHECK(test.size() == 10);
    check_disjoint_and_covering(101, train, validation, test);
    CHECK(set.split(0.8, 0.1, seed{1}).test.indices() == test.indices());
    CHECK(set.split(0.8, 0.1, seed{2}).test.indices() != test.indices());
    CHECK(set.split(0.8, seed{1}).first.indices() == train.indices()); // the training part of a split into two
}

TEST_CASE("a subset splits into three without nesting, and so does every data set", "[split]") {
    const auto set = of_classes({60});
    const auto [half, other] = set.split(0.5, seed{1});
    const auto [train, validation, test] = half.split(0.6, 0.2, seed{3});
    static_assert(std::is_same_v<decltype(train), decltype(half)>);
    CHECK(train.size() == 18);
    check_disjoint_and_covering(60, train, validation, test, other);
    const auto whole = data::split(unlabelled_reader{set}, 0.6, 0.2, seed{3});
    CHECK(whole.train.indices() == set.split(0.6, 0.2, seed{3}).train.indices());
    CHECK(data::split(half, 0.5, seed{4}).first.indices() == half.split(0.5, seed{4}).first.indices());
    CHECK(
        says(message_of<strata::shape_error>([half = half] { (void)half.part({30}); }), "sample 30", "subset has 30"));
}

TEST_CASE("a split into three refuses fractions that make no sense", "[split]") {
    const auto set = of_classes({10});
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const auto& [a, b] :
         {std::pair{0.0, 0.5}, {0.5, 0.0}, {0.5, 0.5}, {0.9, 0.2}, {-0.1, 0.5}, {nan, 0.5}, {0.5, nan}}) {
        CHECK(says(message_of<strata::shape_error>([&, a = a, b = b] { (void)set.split(a, b, seed{1}); }),
                   "add up to less than 1"));
        CHECK(says(
            message_of<strata::shape_error>([&, a = a, b = b] { (void)data::stratified_split(set, a, b, seed{1}); }),
            "add up to less than 1"));
    }
    for (const auto& [a, b] : {std::pair{0.01, 0.5}, {0.5, 0.01}, {0.9, 0.09}})
        CHECK(says(message_of<strata::shape_error>([&, a = a, b = b] { (void)set.split(a, b, seed{1}); }), "10 samples",
                   "one part empty"));
    CHECK(says(message_of<strata::shape_error>([&] { (void)data::stratified_split(set, 1.5, seed{1}); }),
               "between 0 and 1"));
    CHECK(says(message_of<strata::shape_error>([&] { (void)data::stratified_split(set, 0.01, seed{1}); }), "10 samples",
               "parts empty"));
}

TEST_CASE("a stratified split keeps every class's share within one sample", "[split]") {
    // Sizes of every kind: alone, few, uneven, many.
    for (const auto& members : {std::vector<int>{50, 30, 20},
                                {1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
                                {5, 5, 5, 5},
                                {7, 1000, 0, 13, 2},
                                {997, 3},
                                {6, 8},
                                {11, 12, 13, 14, 15, 16, 17}}) {
        const auto set = of_classes(members);
        for (const auto& [a, b] : {std::pair{0.8, 0.1}, {0.6, 0.2}, {0.34, 0.33}, {0.7, 0.15}, {0.45, 0.45}}) {
            CAPTURE(members, a, b);
            const auto parts = data::stratified_split(set, a, b, seed{1});
            check_disjoint_and_covering(set.size(), parts.train, parts.validation, parts.test);
            const data::subset<data::in_memory<>>* const lists[] = {&parts.train, &parts.validation, &parts.test};
            const double shares[] = {a, b, 1 - a - b};
            for (int p = 0; p < 3; ++p) {
                std::vector<int> counts(members.size(), 0);
                const auto labels = data::labels_of(*lists[p]);
                for (const int c : labels) ++counts.at(static_cast<std::size_t>(c));
                for (std::size_t c = 0; c < members.size(); ++c)
                    CHECK(std::abs(counts[c] - shares[p] * members[c]) < 1);
                CHECK(std::abs(static_cast<double>(labels.size()) - shares[p] * static_cast<double>(set.size())) < 1);
            }
        }
        const auto [kept, held_out] = data::stratified_split(set, 0.75, seed{1});
        // Of two parts the rounding never runs away by more than half a sample.
        CHECK(std::abs(static_cast<double>(kept.size()) - 0.75 * static_cast<double>(set.size())) <= 0.5);
        check_disjoint_and_covering(set.size(), kept, held_out);
    }
}

TEST_CASE("a stratified split is chosen by the seed, at random within a class", "[split]") {
    const auto set = of_classes({40, 60});
    const std::vector<std::size_t> first = data::stratified_split(set, 0.5, seed{1}).first.indices();
    CHECK(first == data::stratified_split(set, 0.5, seed{1}).first.indices());
    CHECK(first == data::stratified_split(unlabelled_reader{set}, 0.5, seed{1}).first.indices());
    CHECK(first != data::stratified_split(set, 0.5, seed{2}).first.indices());
    CHECK(std::count_if(first.begin(), first.end(), [](std::size_t i) { return i < 40; }) == 20);
    // Every sample goes to the first part about as often as not: 400 draws at 1/2, deviation 10; five of them.
    std::vector<int> chosen(100, 0);
    for (std::uint64_t s = 0; s < 400; ++s) {
        const auto part = data::stratified_split(set, 0.5, seed{s}).first;
        for (const std::size_t i : part.indices()) ++chosen.at(i);
    }
    for (const int c : chosen) CHECK(c == Approx(200).margin(50));
    // Of a subset, again a subset of what lies under it.
    const auto [half, other] = data::stratified_split(set, 0.5, seed{1});
    const auto quarter = data::stratified_split(half, 0.5, seed{1}).first;
    static_assert(std::is_same_v<decltype(quarter), decltype(half)>);
    const auto labels = data::labels_of(quarter);
    CHECK(std::count(labels.begin(), labels.end(), 0) == 10);
    CHECK(labels.size() == 25);
}

TEST_CASE("a stratified split refuses a class that there is not", "[split]") {
    const double shares[] = {0.5, 0.5};
    const std::vector<int> labels{0, 1, 2};
    CHECK(says(message_of<strata::shape_error>([&] { (void)data::stratified_indices(labels, 2, shares, seed{1}); }),
               "class 2", "2 classes"));
}
