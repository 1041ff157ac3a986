// One sample of data in memory, as docs/training.md shows it.
#include "catch.hpp"

#include <strata/data/in_memory.hpp>

namespace {

// clang-format off
// [read a sample]
float sample_seven(const strata::data::in_memory<strata::data::values>& curve) {
    float x[1], y[1];
    strata::data::values target{y}; // a span: where the target is to go
    curve.read(7, {}, x, target);   // sample 7; {} is the seed and the pass, for augmented data
    return x[0] + y[0];
}
int class_of_sample_0(const strata::data::in_memory<>& points) {
    float x[2];
    strata::data::class_index label;
    points.read(0, {}, x, label);
    return label.value; // points.label(0) is the class alone
}
// [/read a sample]
// clang-format on

} // namespace

TEST_CASE("in_memory: one sample is read", "[in_memory]") {
    std::vector<float> x, y;
    for (int i = 0; i < 8; ++i) x.push_back(static_cast<float>(i)), y.push_back(static_cast<float>(i * i));
    const strata::data::in_memory<strata::data::values> curve{
        {.sample = strata::shape(1), .floats = x, .targets = y, .target = strata::shape(1)}};
    CHECK(sample_seven(curve) == 56);
    const strata::data::in_memory<> points{
        {.sample = strata::shape(2), .floats = {1, 2, 3, 4}, .labels = {1, 0}, .classes = 2}};
    CHECK(class_of_sample_0(points) == 1);
}
