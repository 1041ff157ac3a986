// A weight for each pixel, beside its class: what U-Net's loss takes of a data set.
#include "files.hpp"

#include <strata/data.hpp>
#include <strata/layers.hpp>
#include <strata/losses.hpp>
#include <strata/strata.hpp>

#include <cmath>

namespace data = strata::data;
using strata::shape;

namespace {

/// Four images of 2 x 3 pixels: the class is the number, but for the last pixel, which has none.
class digits {
  public:
    using target_type = data::class_indices;
    [[nodiscard]] std::size_t size() const { return 4; }
    [[nodiscard]] shape sample_shape() const { return {1, 2, 3}; }
    [[nodiscard]] shape target_shape() const { return {1, 2, 3}; }
    [[nodiscard]] int classes() const { return 2; }
    void read(std::size_t i, data::key, std::span<float> x, data::class_indices& t) const {
        for (std::size_t p = 0; p < 6; ++p) x[p] = static_cast<float>(t.into[p] = p % 2 == i % 2 ? 1 : 0);
        t.into[5] = -1;
    }
};
struct heavy_ones {
    void operator()(std::span<const std::int32_t> classes, shape map, std::span<float> weights) const {
        if (map != shape(1, 2, 3)) std::abort();
        for (std::size_t p = 0; p < classes.size(); ++p)
            if (classes[p] == 1) weights[p] = 3;
    }
};
static_assert(data::dense_targets<data::pixel_weighted<digits, heavy_ones>>);

struct pixels : strata::network<strata::image<1, 2, 3>, strata::conv<2, 1>> {};

} // namespace

TEST_CASE("pixel_weighted: classes and weights, also of a map that has moved", "[augmented]") {
    const auto target = [](const auto& set, std::size_t i) {
        std::vector<float> x(6), t(12);
        data::values into{t};
        set.read(i, {}, x, into);
        return t;
    };
    const data::pixel_weighted set(digits{}, heavy_ones{});
    CHECK(set.target_shape() == shape(2, 2, 3));
    CHECK(target(set, 0) == std::vector<float>{1, 0, 1, 0, 1, -1, 3, 1, 3, 1, 3, 1});
    const data::pixel_weighted flipped(data::augmented(digits{}, data::flip{.chance = 1}), heavy_ones{});
    CHECK(target(flipped, 0) == std::vector<float>{1, 0, 1, -1, 1, 0, 3, 1, 3, 1, 3, 1});
    CHECK(target(flipped, 1) == std::vector<float>{0, 1, 0, -1, 0, 1, 1, 3, 1, 1, 1, 3});
}

TEST_CASE("pixel_weighted trains with weighted_cross_entropy", "[augmented]") {
    strata::model<pixels, strata::cpu, strata::fp64> net;
    net.set("0.weight", std::vector<double>{0, 0});
    net.set("0.bias", std::vector<double>{0, 0});
    strata::trainer trainer{net, strata::weighted_cross_entropy{}, strata::sgd{.rate = 0.5}};
    const data::pixel_weighted set(digits{}, heavy_ones{});
    // Equal shares: log 2 of each pixel, with three or two ones of weight 3 and two or three zeros, over six pixels
    CHECK(trainer.evaluate(set).loss == Approx(std::log(2.0) * (11 + 9) / 2 / 6).epsilon(1e-12));
    trainer.fit(set, {.epochs = 20, .batch = 2, .progress = false});
    CHECK(trainer.evaluate(set).loss < 0.2);
}
