/// A sample and its target as a trainer's numbers, by hand.
#include "files.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/losses.hpp>
#include <strata/train/batches/read_sample.hpp>
#include <vector>

using namespace strata;
using strata_tests::message_of;
using strata_tests::says;
using numbers = std::vector<double>;

namespace {

const data::in_memory<> classes{{.sample = shape(2), .floats = {1, 2, 3, 4, 5, 6}, .labels = {2, 0, 1}, .classes = 3}};

template <class Data>
numbers read(const Data& data, std::size_t i, std::size_t targets, int count = 3) {
    numbers x(2), t(targets, 9);
    detail::read_sample<double>(data, i, {}, {count}, shape(static_cast<int>(targets)), std::span<double>(x),
                                std::span<double>(t));
    x.insert(x.end(), t.begin(), t.end());
    return x;
}

} // namespace

TEST_CASE("read_sample: a class is one-hot") {
    CHECK(read(classes, 0, 3) == numbers{1, 2, 0, 0, 1});
    CHECK(read(classes, 1, 3) == numbers{3, 4, 1, 0, 0});
}

TEST_CASE("read_sample: of a single output a class is no or yes") {
    CHECK(read(classes, 1, 1, 2) == numbers{3, 4, 0});
    CHECK(read(classes, 2, 1, 2) == numbers{5, 6, 1});
}

TEST_CASE("read_sample: values are the targets") {
    const data::in_memory<data::values> curve{
        {.sample = shape(2), .floats = {1, 2, 3, 4}, .targets = {0.5f, 7}, .target = shape(1)}};
    CHECK(read(curve, 1, 1) == numbers{3, 4, 7});
}

TEST_CASE("read_sample: a class that the network does not have is named with its sample") {
    const std::string words = message_of<shape_error>([] { (void)read(classes, 0, 2, 2); });
    CHECK(says(words, "sample 0 of the data has class 2", "classes are 0 to 1"));
}

namespace {

/// One sample, of two rows of three pixels, or positions.
struct map_of_classes {
    using target_type = data::class_indices;
    std::vector<std::int32_t> map{0, 2, 1, 1, 0, 2};
    [[nodiscard]] std::size_t size() const { return 1; }
    [[nodiscard]] shape sample_shape() const { return shape(1); }
    [[nodiscard]] shape target_shape() const { return {2, 3}; }
    [[nodiscard]] int classes() const { return 3; }
    void read(std::size_t, data::key, std::span<float> x, data::class_indices& t) const {
        x[0] = 7;
        for (std::size_t p = 0; p < map.size(); ++p) t.into[p] = map[p];
    }
};
numbers targets_of(const map_of_classes& data, const shape& output) {
    numbers x(1), t(static_cast<std::size_t>(output.size()), 9);
    detail::read_sample<double>(data, 0, {}, {output.channels() == 1 ? 3 : output.channels()}, output,
                                std::span<double>(x), std::span<double>(t));
    return t;
}

} // namespace

TEST_CASE("read_sample: classes of positions are numbers of one channel, and one-hot where the output has them") {
    const map_of_classes data;
    CHECK(targets_of(data, shape(1, 2, 3)) == numbers{0, 2, 1, 1, 0, 2});
    CHECK(targets_of(data, shape(3, 2, 3)) == numbers{1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1});
    CHECK(targets_of(data, shape::sequence(6, 3)) == numbers{1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1});
}

TEST_CASE("read_classes: class numbers stay integers, and the ignored one is negative") {
    float x[1];
    std::int32_t t[6];
    detail::read_classes<float>(map_of_classes{{0, 2, 255, 1, 255, 2}}, 0, {}, {3, 255}, x, t);
    CHECK(std::vector<std::int32_t>(t, t + 6) == std::vector<std::int32_t>{0, 2, -1, 1, -1, 2});
    const auto refused = [&](std::int32_t wrong) {
        return message_of<shape_error>(
            [&] { detail::read_classes<float>(map_of_classes{{0, 2, wrong, 1, 0, 2}}, 0, {}, {3, 255}, x, t); });
    };
    CHECK(says(refused(3), "sample 0 of the data has class 3", "classes are 0 to 2"));
    CHECK(says(refused(-1), "sample 0 of the data has class -1"));

    // −1 may be the one that is ignored, and a caller's may be any negative number.
    detail::read_classes<float>(map_of_classes{{0, 2, -1, 1, -1, 2}}, 0, {}, {3, -1}, x, t);
    CHECK(std::vector<std::int32_t>(t, t + 6) == std::vector<std::int32_t>{0, 2, -1, 1, -1, 2});
    using detail::class_numbers;
    CHECK(class_numbers{3, 1}.taken(1, 0) == -1);
    CHECK(class_numbers{3, 1}.taken(2, 0) == 2);
    CHECK(class_numbers{3}.taken(-7, 0) == -1);
    CHECK(class_numbers::of(cross_entropy{.ignore_index = 255}, 3).taken(255, 0) == -1);
    CHECK(class_numbers::of(binary_cross_entropy<>{}, 1).classes == 2);
    CHECK(says(message_of<shape_error>([] { static_cast<void>(class_numbers{3, 1}.taken(3, 4)); }),
               "sample 4 of the data has class 3"));
}
