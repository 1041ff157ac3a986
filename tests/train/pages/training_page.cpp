/// The programs of docs/ports.md and docs/training.md that train on several inputs and outputs, pixels and tokens.
#include "catch.hpp"

#include <strata/metrics.hpp>
#include <strata/sequences.hpp>
#include <strata/strata.hpp>

#include <algorithm>

namespace {

struct judge
    : strata::network<
          strata::inputs<strata::in<"picture", strata::image<3, 8, 8>>, strata::in<"place", strata::features<2>>>,
          strata::use<"picture">, strata::conv<8, 3>, strata::relu, strata::flatten, strata::dense<16>,
          strata::tag<"seen">, strata::use<"place">, strata::dense<16>, strata::add<"seen">, strata::relu,
          strata::tag<"both">, strata::dense<4>, strata::tag<"kind">, strata::use<"both">, strata::dense<1>,
          strata::tag<"distance">, strata::outputs<"kind", "distance">> {};

struct scene {
    std::vector<float> pixels;
    float x, y, distance;
    int kind;
};

// [data of ports]
struct scenes {
    std::vector<scene> all;

    std::size_t size() const { return all.size(); }
    std::vector<strata::data::port> ports() const { // the inputs, and the targets under the names of their outputs
        return {{"picture", strata::shape(3, 8, 8)},
                {"place", strata::shape(2)},
                {"kind", strata::shape(1), 4}, // a class number, of 4 classes
                {"distance", strata::shape(1)}};
    }
    void read(std::size_t i, strata::data::key, const strata::data::parts<float>& sample) const {
        std::ranges::copy(all[i].pixels, sample.numbers("picture").begin());
        sample.numbers("place")[0] = all[i].x;
        sample.numbers("place")[1] = all[i].y;
        sample.integers("kind")[0] = all[i].kind;
        sample.numbers("distance")[0] = all[i].distance;
    }
};
// [/data of ports]

/// The kind is the corner that is bright, the distance is from the corner of the picture to the place, along its sides.
scenes some_scenes(int count) {
    scenes made;
    for (int i = 0; i < count; ++i) {
        scene s{std::vector<float>(192), static_cast<float>(i % 7) / 7, static_cast<float>(i * 3 % 5) / 5, 0, i % 4};
        for (int c = 0; c < 3; ++c)
            for (int p = 0; p < 16; ++p)
                s.pixels[static_cast<std::size_t>(c * 64 + (s.kind / 2 * 4 + p / 4) * 8 + s.kind % 2 * 4 + p % 4)] = 1;
        s.distance = s.x + s.y;
        made.all.push_back(s);
    }
    return made;
}

// [network of pixels]
// image [3, 8, 8] → the scores of two classes at each pixel, [2, 8, 8]
struct land_or_water
    : strata::network<strata::image<3, 8, 8>, strata::conv<8, 3, strata::same>, strata::relu, strata::conv<2, 1>> {};
// [/network of pixels]

// [network of tokens]
struct next_token : strata::network<strata::tokens<6, 9>, strata::embedding<9, 12>, strata::dense<9>> {};

struct sentences {
    using target_type = strata::data::class_indices; // a class number at each position
    std::vector<std::vector<int>> all;               // of 7 tokens

    std::size_t size() const { return all.size(); }
    strata::shape sample_shape() const { return strata::shape(6); }
    strata::shape target_shape() const { return strata::shape(6); }
    int classes() const { return 9; }
    void read(std::size_t i, strata::data::key, std::span<std::int32_t> x, strata::data::class_indices& t) const {
        std::copy_n(all[i].begin(), 6, x.begin());
        std::copy_n(all[i].begin() + 1, 6, t.into.begin()); // the token after each
    }
};
// [/network of tokens]

} // namespace

TEST_CASE("a network of two inputs and two outputs is trained as the page says") {
    const scenes train = some_scenes(96), test = some_scenes(40);
    // [fit of ports]
    strata::model<judge> net{strata::seed{1}};
    strata::trainer trainer{net,
                            strata::losses{strata::on<"kind">(strata::cross_entropy{}),
                                           strata::on<"distance">(strata::mean_squared_error{}, 0.1)},
                            strata::adam{.rate = 1e-2}, strata::on<"kind">(strata::accuracy{}),
                            strata::on<"distance">(strata::root_mean_squared{})};
    trainer.fit(train, test, {.epochs = 60, .batch = 16, .progress = false});
    const auto result = trainer.evaluate(test); // result.loss is the weighted sum
    const double kinds = result.get<strata::metric_on<"kind", strata::accuracy>>().value();
    const double off_by = result.get<strata::metric_on<"distance", strata::root_mean_squared>>().value();
    // [/fit of ports]
    CHECK(kinds == 1);
    CHECK(off_by < 0.1);
}

TEST_CASE("the classes of pixels are learned as the page says") {
    std::vector<float> pixels;
    std::vector<int> maps;
    for (int i = 0; i < 32; ++i) {
        for (int c = 0; c < 3; ++c)
            for (int p = 0; p < 64; ++p) pixels.push_back(static_cast<float>((i * 31 + p * 17) % 23) / 23);
        for (int p = 0; p < 64; ++p) maps.push_back(p == 5 ? -100 : (i * 31 + p * 17) % 23 > 11 ? 1 : 0);
    }
    // [fit of pixels]
    const strata::data::in_memory<strata::data::class_indices> train{
        {.sample = strata::shape(3, 8, 8), .floats = pixels, .labels = maps, .classes = 2, .target = {8, 8}}};
    strata::model<land_or_water> net{strata::seed{1}};
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{.rate = 2e-2}};
    trainer.fit(train, {.epochs = 40, .batch = 8, .progress = false});
    const double share = trainer.evaluate(train).metric; // of the pixels whose label is not -100
    // [/fit of pixels]
    CHECK(share > 0.95);
}

TEST_CASE("tokens are learned as the page says") {
    sentences train;
    for (int i = 0; i < 45; ++i) {
        train.all.push_back({i % 9});
        for (int p = 0; p < 6; ++p) train.all.back().push_back((train.all.back().back() + 4) % 9);
    }
    // [fit of tokens]
    strata::model<next_token> net{strata::seed{1}};
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{.rate = 5e-2}};
    trainer.fit(train, {.epochs = 20, .batch = 9, .progress = false});
    const std::vector<float> scores = net(std::vector<std::int32_t>{0, 4, 8, 3, 7, 2}); // [6, 9]
    // [/fit of tokens]
    for (std::size_t p = 0; p < 6; ++p) {
        const auto first = scores.begin() + static_cast<std::ptrdiff_t>(p * 9);
        CHECK(std::max_element(first, first + 9) - first == static_cast<std::ptrdiff_t>((p + 1) * 4 % 9));
    }
}
