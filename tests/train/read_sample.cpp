/// A sample and its target as a trainer's numbers, by hand.
#include "files.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/train/read_sample.hpp>
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
    detail::read_sample<double>(data, i, {}, count, std::span<double>(x), std::span<double>(t));
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
