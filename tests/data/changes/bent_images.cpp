// rotate, scale, elastic, colour_jitter, noise, cutout, mixup and cutmix: what they do to an image, that a label map
// goes along, and that seed, pass and sample determine it.
#include "files.hpp"

#include <strata/data.hpp>

#include <cmath>
#include <thread>

namespace data = strata::data;
using strata::shape;
using strata_tests::message_of;
using strata_tests::says;

namespace {

using numbers = std::vector<float>;
constexpr int side = 9;

/// n images of C x 9 x 9, each number its position's.
data::in_memory<> images(std::size_t n, int channels = 1) {
    data::contents all{.sample = shape(channels, side, side), .labels = std::vector<int>(n, 0), .classes = 1};
    for (std::size_t i = 0; i < n * std::size_t(channels) * side * side; ++i)
        all.floats.push_back(static_cast<float>(i % 83) / 83);
    return data::in_memory<>{all};
}
/// Images whose numbers are their labels, in blocks of 3 x 3 pixels, so that both must stay the same.
class mapped {
  public:
    using target_type = data::class_indices;
    [[nodiscard]] std::size_t size() const { return 40; }
    [[nodiscard]] shape sample_shape() const { return {2, side, side}; }
    [[nodiscard]] shape target_shape() const { return {1, side, side}; }
    [[nodiscard]] int classes() const { return 9; }
    void read(std::size_t, data::key, std::span<float> x, data::class_indices& t) const {
        for (std::size_t p = 0; p < side * side; ++p) {
            t.into[p] = static_cast<std::int32_t>(p / side / 3 * 3 + p % side / 3);
            x[p] = static_cast<float>(t.into[p]), x[side * side + p] = x[p] + 100;
        }
    }
};
static_assert(data::data_set<mapped>);

template <class Set>
numbers sample(const Set& set, std::size_t i, data::key k = {}) {
    numbers x(static_cast<std::size_t>(set.sample_shape().size()));
    data::class_index label;
    set.read(i, k, x, label);
    return x;
}
template <class... Changes>
numbers changed(Changes... changes) {
    return sample(data::augmented(images(1), changes...), 0, {1, 2});
}
const numbers as_it_is = sample(images(1), 0);

/// The largest difference between numbers.
double apart(const numbers& a, const numbers& b) {
    double most = 0;
    for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::fabs(double(a[i]) - double(b[i])));
    return most;
}

/// A pixel of the map that the change filled has −100, and its image the fill; any other has the label that its image
/// shows, where the four pixels around its place have one label (so that nothing was interpolated).
template <class Change>
void check_map(const Change& change, double least_kept) {
    const data::augmented set(mapped{}, change);
    int same = 0, different = 0, moved = 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
        numbers x(2 * side * side);
        std::vector<std::int32_t> map(side * side);
        data::class_indices t{map};
        set.read(i, {3, 4}, x, t);
        for (std::size_t p = 0; p < map.size(); ++p) {
            const float pure = std::round(x[p]);
            moved += map[p] != static_cast<std::int32_t>(p / side / 3 * 3 + p % side / 3);
            if (map[p] == -100 || x[p] != pure || x[side * side + p] != pure + 100) continue; // at an edge
            (static_cast<std::int32_t>(pure) == map[p] ? same : different) += 1;
        }
    }
    CHECK(moved > 0);
    // Means of several labels may be a whole number by chance.
    CHECK(different <= same / 20);
    CHECK(same >= least_kept * 40 * side * side);
}

} // namespace

TEST_CASE("rotate: by nothing, by a quarter, and the label map with the image", "[augmented]") {
    CHECK(changed(data::rotate{.degrees = 0}) == as_it_is);
    const data::detail::turned_and_scaled quarter(shape(1, side, side), std::acos(-1.0) / 2, 1);
    numbers x = as_it_is;
    data::detail::warp_image(std::span<float>(x), shape(1, side, side), data::border::edge, 0, quarter);
    numbers turned(x.size()); // counter-clockwise: the first row becomes the first column, from below
    for (std::size_t h = 0; h < side; ++h)
        for (std::size_t w = 0; w < side; ++w) turned[(side - 1 - w) * side + h] = as_it_is[h * side + w];
    CHECK(apart(x, turned) < 1e-6); // roundings below 1
    check_map(data::rotate{.degrees = 30}, 0.2);
    CHECK(says(message_of<strata::error>([] { changed(data::rotate{.degrees = -1}); }), "angle", "rotate", "0 to 360"));
}

TEST_CASE("scale: by one, by two, and the label map with the image", "[augmented]") {
    CHECK(apart(changed(data::scale{.smallest = 1, .largest = 1}), as_it_is) == 0);
    const numbers twice = changed(data::scale{.smallest = 2, .largest = 2});
    CHECK(twice[4 * side + 4] == as_it_is[4 * side + 4]);
    CHECK(twice[2 * side + 6] == as_it_is[3 * side + 5]);
    CHECK(twice[0] == as_it_is[2 * side + 2]);
    const numbers half = changed(data::scale{.smallest = 0.5, .largest = 0.5, .fill = -1});
    CHECK(half[0] == -1);
    CHECK(half[2 * side + 2] == as_it_is[0]);
    check_map(data::scale{.smallest = 0.5, .largest = 2}, 0.2);
    CHECK(says(message_of<strata::error>([] { changed(data::scale{.smallest = 0}); }), "factor", "scale"));
}

TEST_CASE("elastic bends an image and its label map alike", "[augmented]") {
    CHECK(changed(data::elastic{.distance = 0}) == as_it_is);
    CHECK(apart(changed(data::elastic{.distance = 2}), as_it_is) > 0.01);
    check_map(data::elastic{.distance = 0.75}, 0.05);
    CHECK(says(message_of<strata::error>([] { changed(data::elastic{.grid = 1}); }), "grid", "elastic"));
    // A vector's displacement is its own pixel's: of a grid of two, those of the corners.
    strata::philox_stream random{strata::seed{1}, strata::random_use::augmentation};
    std::vector<std::int32_t> map(4, 7);
    data::elastic{.distance = 100, .grid = 2, .beyond = data::border::constant}.move_labels(map, shape(1, 2, 2),
                                                                                            random);
    for (const std::int32_t label : map) CHECK((label == 7 || label == -100));
}

TEST_CASE("flip, crop and shift move a label map with its image", "[augmented]") {
    check_map(data::flip{.vertical = true}, 0.99);
    check_map(data::crop{.padding = 2}, 0.5);
    check_map(data::shift{}, 0.5);
    const data::augmented several(mapped{}, data::flip{}, data::noise{}, data::rotate{}, data::cutout{},
                                  data::colour_jitter{.highest = 200});
    CHECK(several.classes() == 9);
}

TEST_CASE("colour_jitter by hand", "[augmented]") {
    CHECK(changed(data::colour_jitter{0, 0, 0}) == as_it_is);
    // A factor between 0 and 2 of the brightness alone: all numbers in one proportion.
    const numbers x = changed(data::colour_jitter{.brightness = 1, .contrast = 0, .saturation = 0, .highest = 9});
    const double f = double(x[1]) / double(as_it_is[1]);
    CHECK((f >= 0 && f <= 2));
    for (std::size_t i = 0; i < x.size(); ++i) CHECK(x[i] == Approx(f * double(as_it_is[i])).margin(1e-6));
    // Contrast keeps the mean grey, saturation each pixel's.
    const auto red = sample(data::augmented(images(1, 3), data::colour_jitter{0, 0, 0.9, -9, 9}), 0, {1, 2});
    const auto before = sample(images(1, 3), 0);
    const auto grey = [](const numbers& of, std::size_t p) {
        return 0.299 * double(of[p]) + 0.587 * double(of[81 + p]) + 0.114 * double(of[162 + p]);
    };
    for (std::size_t p = 0; p < 81; ++p) CHECK(grey(red, p) == Approx(grey(before, p)).margin(1e-5));
    CHECK(apart(red, before) > 0.01);
    const numbers contrast = changed(data::colour_jitter{0, 0.9, 0, -9, 9});
    double sum = 0, sum_before = 0;
    for (std::size_t i = 0; i < 81; ++i) sum += double(contrast[i]), sum_before += double(as_it_is[i]);
    CHECK(sum == Approx(sum_before).margin(1e-4));
    for (const float v : changed(data::colour_jitter{5, 5, 5})) CHECK((v >= 0 && v <= 1));
    CHECK(says(message_of<strata::error>([] { changed(data::colour_jitter{-1}); }), "brightness", "colour_jitter"));
}

TEST_CASE("noise has the deviation that was asked for", "[augmented]") {
    CHECK(changed(data::noise{.deviation = 0}) == as_it_is);
    const data::augmented set(images(200), data::noise{.deviation = 0.5});
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < 200; ++i) {
        const numbers x = sample(set, i), before = sample(images(200), i);
        for (std::size_t p = 0; p < x.size(); ++p) {
            const double d = double(x[p]) - double(before[p]);
            sum += d, squares += d * d;
        }
    }
    const double n = 200 * 81;
    CHECK(std::fabs(sum / n) < 5 * 0.5 / std::sqrt(n));
    CHECK(std::sqrt(squares / n) == Approx(0.5).margin(5 * 0.5 / std::sqrt(2 * n)));
}

TEST_CASE("cutout fills one square", "[augmented]") {
    CHECK(changed(data::cutout{.size = 0}) == as_it_is);
    const numbers x = changed(data::cutout{.size = 3, .fill = -5});
    std::size_t filled = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (x[i] == -5) ++filled;
        else CHECK(x[i] == as_it_is[i]);
    }
    CHECK((filled == 9 || filled == 6 || filled == 4)); // whole, at a border, in a corner
    CHECK(changed(data::cutout{.size = 99, .fill = 2}) == numbers(81, 2.0f));
}

namespace {
data::in_memory<> two_classes() {
    data::contents all{.sample = shape(1, 4, 5), .labels = {0, 1, 1, 0}, .classes = 2};
    for (const float of : {0.0f, 1.0f, 1.0f, 0.0f}) all.floats.insert(all.floats.end(), 20, of);
    return data::in_memory<>{all};
}
template <class Set>
std::pair<numbers, numbers> with_target(const Set& set, std::size_t i, data::key k) {
    numbers x(20), t(2);
    data::values target{t};
    set.read(i, k, x, target);
    return {x, t};
}
static_assert(data::dense_targets<data::mixup<data::in_memory<>>> && data::data_set<data::cutmix<data::in_memory<>>>);
} // namespace

TEST_CASE("mixup: the target is the image's mixture", "[augmented]") {
    const data::mixup set(two_classes());
    CHECK(set.target_shape() == shape(2));
    int mixed = 0;
    for (std::uint64_t pass = 0; pass < 200; ++pass) {
        const auto [x, t] = with_target(set, pass % 4, {7, pass});
        for (const float v : x) CHECK(v == Approx(double(t[1])).margin(1e-6)); // the images are their classes
        CHECK(t[0] + t[1] == Approx(1.0).margin(1e-6));
        mixed += t[0] > 0.1f && t[0] < 0.9f;
    }
    CHECK((mixed > 10 && mixed < 100)); // of one half, Beta(0.2, 0.2) has 36% in between
    CHECK(says(message_of<strata::error>([] { data::mixup{two_classes(), 0.0}; }), "mixup", "alpha"));
}

TEST_CASE("cutmix: the target is the share of pixels", "[augmented]") {
    const data::cutmix set(two_classes());
    int mixed = 0;
    for (std::uint64_t pass = 0; pass < 200; ++pass) {
        const auto [x, t] = with_target(set, pass % 4, {7, pass});
        double ones = 0;
        for (const float v : x) ones += double(v);
        CHECK(ones / 20 == Approx(double(t[1])).margin(1e-6));
        mixed += ones > 0 && ones < 20;
    }
    CHECK(mixed > 20);
    const data::in_memory<> flat{{.sample = shape(3), .floats = {1, 2, 3}, .labels = {0}, .classes = 2}};
    CHECK(says(message_of<strata::shape_error>([&] { data::cutmix{flat}; }), "cutmix", "images"));
}

TEST_CASE("bent and mixed images are the same from any number of threads", "[augmented]") {
    const data::mixup set(data::augmented(images(32, 3), data::rotate{}, data::scale{}, data::elastic{},
                                          data::colour_jitter{}, data::noise{}, data::cutout{}));
    const auto read_with = [&](std::size_t threads) {
        std::vector<numbers> all(32, numbers(3 * side * side));
        std::vector<std::thread> pool;
        for (std::size_t t = 0; t < threads; ++t)
            pool.emplace_back([&, t] {
                for (std::size_t i = t; i < 32; i += threads) {
                    numbers shares(1);
                    data::values target{shares};
                    set.read(i, {1, 2}, all[i], target);
                }
            });
        for (std::thread& one : pool) one.join();
        return all;
    };
    const auto one = read_with(1);
    CHECK(read_with(2) == one);
    CHECK(read_with(5) == one);
    CHECK(one[0] != one[1]);
}
