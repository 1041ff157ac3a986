// flip, crop and shift: what they do to an image, how often, and that seed, pass and sample determine it.
#include "files.hpp"

#include <strata/data/changes/crop.hpp>
#include <strata/data/changes/flip.hpp>
#include <strata/data/changes/shift.hpp>
#include <strata/data/in_memory.hpp>
#include <strata/data/views/augmented.hpp>

#include <map>

namespace data = strata::data;
using strata::shape;
using strata_tests::message_of;
using strata_tests::says;

namespace {

using numbers = std::vector<float>;

/// n copies of a 1 x 3 x 4 image: 1 to 12.
data::in_memory<> images(std::size_t n = 1) {
    data::contents all{.sample = shape(1, 3, 4), .labels = std::vector<int>(n, 0), .classes = 1};
    for (std::size_t i = 0; i < n; ++i)
        for (int p = 1; p <= 12; ++p) all.floats.push_back(static_cast<float>(p));
    return data::in_memory<>{all};
}
template <class Set>
numbers sample(const Set& set, std::size_t i, data::key k = {}) {
    numbers x(static_cast<std::size_t>(set.sample_shape().size()));
    data::class_index label;
    set.read(i, k, x, label);
    return x;
}
/// What n samples become, and how often.
template <class... Changes>
std::map<numbers, int> outcomes(std::size_t n, Changes... changes) {
    const data::augmented set(images(n), changes...);
    std::map<numbers, int> all;
    for (std::size_t i = 0; i < n; ++i) ++all[sample(set, i, {1, 2})];
    return all;
}

const numbers as_it_is{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, mirrored{4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9},
    upside_down{9, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4};

} // namespace

TEST_CASE("flip mirrors every second image or so", "[augmented]") {
    auto all = outcomes(1000, data::flip{});
    CHECK(all.size() == 2);
    // Binomial(1000, 1/2): deviation 15.8; five of them.
    CHECK(all[mirrored] == Approx(500).margin(79));
    CHECK(all[as_it_is] == 1000 - all[mirrored]);
    CHECK(outcomes(50, data::flip{.chance = 1}) == std::map<numbers, int>{{mirrored, 50}});
    CHECK(outcomes(50, data::flip{.chance = 0}) == std::map<numbers, int>{{as_it_is, 50}});
    CHECK(outcomes(50, data::flip{.horizontal = false, .vertical = true, .chance = 1})
          == std::map<numbers, int>{{upside_down, 50}});
    CHECK(outcomes(400, data::flip{.vertical = true}).size() == 4);
    // Each channel for itself.
    const data::in_memory<> colours{
        {.sample = shape(2, 1, 3), .floats = {1, 2, 3, 4, 5, 6}, .labels = {0}, .classes = 1}};
    CHECK(sample(data::augmented(colours, data::flip{.chance = 1}), 0) == numbers{3, 2, 1, 6, 5, 4});
}

TEST_CASE("shift moves an image every way that is allowed, equally often", "[augmented]") {
    const auto all = outcomes(9000, data::shift{.rows = 1, .columns = 1, .fill = -1});
    CHECK(all.size() == 9);
    for (const auto& each : all) CHECK(each.second == Approx(1000).margin(149)); // Binomial(9000, 1/9): 29.8
    CHECK(all.count({-1, -1, -1, -1, -1, 1, 2, 3, -1, 5, 6, 7}) == 1);           // down and to the right
    CHECK(all.count({6, 7, 8, -1, 10, 11, 12, -1, -1, -1, -1, -1}) == 1);        // up and to the left
    CHECK(outcomes(10, data::shift{.rows = 0, .columns = 0}) == std::map<numbers, int>{{as_it_is, 10}});
    const auto edge = outcomes(100, data::shift{.rows = 0, .columns = 1, .beyond = data::border::edge});
    CHECK(edge.count({1, 1, 2, 3, 5, 5, 6, 7, 9, 9, 10, 11}) == 1);
    CHECK(edge.count({2, 3, 4, 4, 6, 7, 8, 8, 10, 11, 12, 12}) == 1);
    const auto reflected = outcomes(100, data::shift{.rows = 0, .columns = 2, .beyond = data::border::reflect});
    CHECK(reflected.count({3, 2, 1, 2, 7, 6, 5, 6, 11, 10, 9, 10}) == 1); // two to the right
    CHECK(reflected.count({3, 4, 3, 2, 7, 8, 7, 6, 11, 12, 11, 10}) == 1);
    // Far beyond the image nothing of it is left.
    CHECK(outcomes(300, data::shift{.rows = 9, .columns = 9}).count(numbers(12, 0.0f)) == 1);
}

TEST_CASE("crop pads an image and cuts it out again", "[augmented]") {
    const auto all = outcomes(2500, data::crop{.padding = 2});
    CHECK(all.size() == 25);
    for (const auto& each : all) CHECK(each.second == Approx(100).margin(49)); // Binomial(2500, 1/25): 9.8
    CHECK(all.count({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2}) == 1);               // the upper left corner of the padded
    CHECK(all.count({11, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}) == 1);             // the lower right
    CHECK(outcomes(10, data::crop{.padding = 0}) == std::map<numbers, int>{{as_it_is, 10}});
}

TEST_CASE("changes are applied one after another, and seed, pass and sample determine them", "[augmented]") {
    const data::augmented both(images(200), data::crop{.padding = 1}, data::flip{});
    const data::augmented nested(data::augmented(images(200), data::crop{.padding = 1}), data::flip{});
    CHECK(decltype(both)::augmentations == 1);
    CHECK(decltype(nested)::augmentations == 2);
    int pass_differs = 0, seed_differs = 0;
    for (std::size_t i = 200; i-- > 0;) {
        const auto once = sample(both, i, {1, 3});
        CHECK(sample(both, i, {1, 3}) == once);
        pass_differs += sample(both, i, {1, 4}) != once;
        seed_differs += sample(both, i, {2, 3}) != once;
    }
    CHECK(pass_differs > 150); // 17 of 18 of them
    CHECK(seed_differs > 150);
    CHECK(outcomes(3000, data::crop{.padding = 1}, data::flip{}).size() == 18);
    const auto scaled =
        outcomes(10, data::flip{.chance = 1}, [](std::span<float> x, shape, strata::philox_stream&) { x[0] *= 10; });
    CHECK(scaled.begin()->first[0] == 40); // the mirrored image's first pixel
}

TEST_CASE("changes of images give doubles to a model of fp64", "[augmented]") {
    const data::in_memory<> set{{.sample = shape(1, 1, 2), .doubles = {0.1, 0.2}, .labels = {0}, .classes = 1}};
    const data::augmented changed(set, data::flip{.chance = 1}, data::crop{.padding = 0});
    static_assert(data::reads<decltype(changed), double>);
    double x[2];
    data::class_index label;
    changed.read(0, {}, x, label);
    CHECK(x[0] == 0.2);
    CHECK(x[1] == 0.1);
}

TEST_CASE("changes of images refuse what is no image, and options that make no sense", "[augmented]") {
    const data::in_memory<> flat{{.sample = shape(4), .floats = {1, 2, 3, 4}, .labels = {0}, .classes = 1}};
    const auto refused = [](const auto& set) { return message_of<strata::error>([&] { (void)sample(set, 0); }); };
    CHECK(says(refused(data::augmented(flat, data::flip{})), "flip", "images [C, H, W]", "4 elements"));
    CHECK(says(refused(data::augmented(flat, data::crop{})), "crop", "images"));
    CHECK(says(refused(data::augmented(flat, data::shift{})), "shift", "images"));
    CHECK(says(refused(data::augmented(images(), data::flip{.chance = 1.5})), "chance of flip"));
    CHECK(says(refused(data::augmented(images(), data::crop{.padding = -1})), "crop", "up to -1"));
    CHECK(says(refused(data::augmented(images(), data::crop{.padding = 3, .beyond = data::border::reflect})), "crop",
               "reflecting"));
    CHECK(says(refused(data::augmented(images(), data::shift{.rows = 0, .columns = -2})), "shift"));
}
