/// normalise: filled from data, a part of the model's file, and the same under training.
#include "catch.hpp"
#include "files.hpp"

#include <strata/data/views/normalisation.hpp>
#include <strata/files.hpp>
#include <strata/reference/reference.hpp>
#include <strata/strata.hpp>

#include <cmath>
#include <limits>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct flat : network<features<3>, normalise> {};
struct colours : network<image<2, 1, 2>, normalise, flatten, dense<1>> {};
struct regression : network<features<2>, normalise, dense<4>, tanh_activation, dense<1>> {};
struct deeper : network<features<2>, dense<3>, tanh_activation, named<"scale", normalise>, dense<1>> {};

struct two : network<features<2>, normalise, dense<3>, named<"scale", normalise>, dense<1>> {};
struct wide : network<features<1>, normalise> {};

data::in_memory<data::values> values_of(shape sample, std::vector<float> x, std::size_t samples) {
    return data::in_memory<data::values>(
        {.sample = sample, .floats = std::move(x), .targets = std::vector<float>(samples), .target = shape(1)});
}
/// Features of sizes 1000 and 0.001, and a constant one.
const auto tables = values_of(shape(3), {1000, 0.001f, 7, 3000, 0.003f, 7, 5000, 0.005f, 7, 7000, 0.007f, 7}, 4);

} // namespace

TEST_CASE("normalise does nothing before it is filled, and then gives mean 0 and deviation 1 by hand") {
    model<flat> net{seed{1}};
    CHECK(net(std::vector<float>{5, -2, 3}) == std::vector<float>{5, -2, 3});
    CHECK(net.names() == std::vector<std::string_view>{"0.mean", "0.std"}); // PyTorch's names of such buffers
    STATIC_REQUIRE(parameter_count<flat> == 0);

    fit_normalisation(net, tables);
    // 1000, 3000, 5000, 7000: mean 4000, squares 9 + 1 + 1 + 9 = 20 millions, over 4: sqrt(5 millions) = 2236.068
    CHECK(net.get("0.mean")[0] == 4000);
    CHECK(net.get("0.mean")[1] == Approx(0.004));
    CHECK(net.get("0.mean")[2] == 7);
    CHECK(net.get("0.std")[0] == Approx(2236.0679775));
    CHECK(net.get("0.std")[1] == Approx(0.0022360679775));
    CHECK(net.get("0.std")[2] == 1); // the same everywhere
    const auto y = net(std::vector<float>{1000, 0.007f, 7});
    CHECK(y[0] == Approx(-3 / std::sqrt(5.0)));
    CHECK(y[1] == Approx(3 / std::sqrt(5.0)));
    CHECK(y[2] == 0);
}

TEST_CASE("normalise of an image has a mean and a deviation for each channel") {
    model<colours, reference> net{seed{1}};
    fit_normalisation(net, values_of(shape(2, 1, 2), {1, 3, 10, 10, 5, 7, 10, 10}, 2));
    CHECK(net.get("0.mean") == std::vector<float>{4, 10});
    CHECK(net.get("0.std")[0] == Approx(std::sqrt(5.0)));
    CHECK(net.get("0.std")[1] == 1);
}

TEST_CASE("the scale is saved and loaded with the model, and no step changes it") {
    const temporary_folder folder;
    std::vector<float> x, t;
    for (int i = 0; i < 64; ++i) {
        x.push_back(1e4f + 100 * static_cast<float>(i % 8)), x.push_back(0.01f * static_cast<float>(i / 8));
        t.push_back(static_cast<float>(i % 8) / 8 - static_cast<float>(i / 8) / 8);
    }
    const data::in_memory<data::values> all({.sample = shape(2), .floats = x, .targets = t, .target = shape(1)});
    model<regression> net{seed{1}}, bare{seed{1}};
    fit_normalisation(net, all);
    const auto mean = net.get("0.mean"), deviation = net.get("0.std");
    const auto fitted = [&](model<regression>& m) {
        auto trainer = strata::trainer{m, mean_squared_error{}, adam{.rate = 1e-2}};
        trainer.fit(all, {.epochs = 60, .batch = 16, .progress = false});
        return trainer.evaluate(all).loss;
    };
    CHECK(fitted(net) < 0.01);
    CHECK(fitted(bare) > 0.05); // samples of size 10,000 leave tanh nothing but its ends
    CHECK(net.get("0.mean") == mean);
    CHECK(net.get("0.std") == deviation);

    net.save(folder / "net.safetensors");
    const auto file = io::read_safetensors(folder / "net.safetensors");
    REQUIRE(file.find("0.std") != nullptr);
    CHECK(io::as_floats(*file.find("0.std")) == deviation);
    model<regression> again{seed{2}};
    again.load(folder / "net.safetensors");
    CHECK(again(x) == net(x));
}

TEST_CASE("a normalise behind other layers is filled from what these make of the data") {
    model<deeper> net{seed{3}};
    const auto data = values_of(shape(2), {1, 2, -1, 0.5f, 0.25f, -2, 0, 1, 2, 2}, 5);
    fit_normalisation(net, data);
    const auto body = first_layers<2>(net);
    for (std::size_t c = 0; c < 3; ++c) {
        double sum = 0, squares = 0;
        const auto y = body.predict(data);
        for (std::size_t i = 0; i < 5; ++i) sum += static_cast<double>(y[i * 3 + c]);
        for (std::size_t i = 0; i < 5; ++i) squares += std::pow(static_cast<double>(y[i * 3 + c]) - sum / 5, 2);
        CHECK(net.get("scale.mean")[c] == Approx(sum / 5).margin(1e-6));
        CHECK(net.get("scale.std")[c] == Approx(std::sqrt(squares / 5)).margin(1e-6));
    }
}

TEST_CASE("data that do not fit, are none, or hold no numbers leave the scale as it was") {
    model<flat> net{seed{1}};
    CHECK(says(message_of<shape_error>([&] { fit_normalisation(net, values_of(shape(2), {1, 2}, 1)); }), "samples [2]",
               "the network takes [3]"));
    CHECK(says(message_of<shape_error>([&] { fit_normalisation(net, values_of(shape(3), {}, 0)); }), "empty"));
    for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()})
        CHECK(says(message_of<error>([&] { fit_normalisation(net, values_of(shape(3), {1, 2, 3, 4, bad, 6}, 2)); }),
                   "element 1 of sample 1 is not finite"));
    CHECK(net.get("0.mean") == std::vector<float>(3, 0.0f));
    CHECK(net.get("0.std") == std::vector<float>(3, 1.0f));
}

TEST_CASE("two normalise are filled one after the other, or neither is") {
    const auto data = values_of(shape(2), {1, 20, 3, 10, 5, 60, 7, -10}, 4);
    model<two> net{seed{1}};
    fit_normalisation(net, data);
    CHECK(net.get("0.mean") == std::vector<float>{4, 20});
    const auto x = first_layers<2>(net).predict(data); // behind the first one as it is now
    for (std::size_t c = 0; c < 3; ++c)
        CHECK(net.get("scale.mean")[c] == Approx((x[c] + x[3 + c] + x[6 + c] + x[9 + c]) / 4).margin(1e-6));

    model<two> other{seed{1}};
    other.set("1.bias", std::vector<float>{0, std::numeric_limits<float>::quiet_NaN(), 0});
    CHECK(says(message_of<error>([&] { fit_normalisation(other, data); }), "element 1 of sample 0 is not finite"));
    CHECK(other.get("0.mean") == std::vector<float>{0, 0});
    CHECK(other.get("0.std") == std::vector<float>{1, 1});
    CHECK(other.get("scale.mean") == std::vector<float>{0, 0, 0});
    CHECK(other.get("scale.std") == std::vector<float>{1, 1, 1});
}

TEST_CASE("values whose squares have sum of their squares overflows leave the scale as it was") {
    model<wide, cpu, fp64> net{seed{1}};
    const data::in_memory<data::values> huge(
        {.sample = shape(1), .doubles = {1e200, -1e200}, .double_targets = {1e200, -1e200}, .target = shape(1)});
    CHECK(says(message_of<error>([&] { fit_normalisation(net, huge); }), "element 0", "sum of their squares overflows",
               "another unit"));
    CHECK(net.get("0.std") == std::vector<double>{1});
    CHECK(says(message_of<error>([&] { (void)data::fit_normalisation(huge); }), "element 0",
               "sum of their squares overflows"));
}
