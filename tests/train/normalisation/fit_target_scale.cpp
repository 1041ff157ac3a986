/// denormalise: filled from the targets, a part of the model's file, and a regression of prices that learns.
#include "catch.hpp"
#include "files.hpp"

#include <strata/files.hpp>
#include <strata/reference/reference.hpp>
#include <strata/strata.hpp>

#include <cmath>
#include <limits>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct alone : network<features<2>, denormalise> {};
struct inside : network<features<2>, dense<3>, named<"head", dense<2>, denormalise>> {};
struct planes : network<image<2, 1, 2>, denormalise> {};
struct houses
    : network<features<3>, normalise, dense<32>, tanh_activation, dense<32>, tanh_activation, dense<1>, denormalise> {};
struct bare : network<features<3>, normalise, dense<32>, tanh_activation, dense<32>, tanh_activation, dense<1>> {};
struct linear : network<features<3>, normalise, dense<1>, denormalise> {};

data::in_memory<data::values> with_targets(std::vector<float> targets, shape target, std::size_t inputs) {
    const std::size_t samples = targets.size() / static_cast<std::size_t>(target.size());
    return data::in_memory<data::values>({.sample = shape(static_cast<int>(inputs)),
                                          .floats = std::vector<float>(samples * inputs),
                                          .targets = std::move(targets),
                                          .target = target});
}
/// Prices of about 440,000 ± 130,000: area times rooms, and a bend in the age.
data::in_memory<data::values> prices(std::uint32_t from, int samples) {
    std::vector<float> x, t;
    std::uint32_t state = from;
    const auto draw = [&] { return static_cast<float>((state = state * 1664525u + 1013904223u) >> 8) / 16777216.0f; };
    for (int i = 0; i < samples; ++i) {
        const float area = 50 + 150 * draw(), rooms = 2 + 4 * draw(), age = 80 * draw();
        x.insert(x.end(), {area, rooms, age});
        t.push_back(150000 + 450 * area * rooms + 60 * (age - 40) * (age - 40));
    }
    return data::in_memory<data::values>(
        {.sample = shape(3), .floats = std::move(x), .targets = std::move(t), .target = shape(1)});
}
template <class Net>
double root_mean_square(model<Net>& net, const data::in_memory<data::values>& train,
                        const data::in_memory<data::values>& test, double rate, int epochs) {
    auto trainer = strata::trainer{net, mean_squared_error{}, adam{.rate = rate}};
    trainer.fit(train, {.epochs = epochs, .batch = 32, .progress = false});
    return std::sqrt(trainer.evaluate(test).loss);
}

} // namespace

TEST_CASE("denormalise does nothing before it is filled, and then gives the units of the targets by hand") {
    model<alone> net{seed{1}};
    CHECK(net(std::vector<float>{5, -2}) == std::vector<float>{5, -2});
    CHECK(net.names() == std::vector<std::string_view>{"0.mean", "0.std"});
    STATIC_REQUIRE(parameter_count<alone> == 0);

    fit_target_scale(net, with_targets({100, 7, 300, 7, 500, 7, 700, 7}, shape(2), 2));
    CHECK(net.get("0.mean") == std::vector<float>{400, 7});
    CHECK(net.get("0.std")[0] == Approx(223.60679775)); // sqrt(50,000)
    CHECK(net.get("0.std")[1] == 1);                    // the same everywhere
    const auto y = net(std::vector<float>{-2, 0.5f});
    CHECK(y[0] == Approx(400 - 2 * 223.60679775));
    CHECK(y[1] == 7.5f);
}

TEST_CASE("denormalise is found in a named, and of images it has a scale for each channel") {
    model<inside> net{seed{1}};
    fit_target_scale(net, with_targets({1, 10, 3, 30}, shape(2), 2));
    CHECK(net.get("head.1.mean") == std::vector<float>{2, 20});
    CHECK(net.get("head.1.std") == std::vector<float>{1, 10});

    model<planes, reference> image{seed{1}};
    const data::in_memory<data::values> data({.sample = shape(2, 1, 2),
                                              .floats = std::vector<float>(8),
                                              .targets = {1, 3, 10, 10, 5, 7, 10, 10},
                                              .target = shape(2, 1, 2)});
    fit_target_scale(image, data);
    CHECK(image.get("0.mean") == std::vector<float>{4, 10});
    CHECK(image.get("0.std")[0] == Approx(std::sqrt(5.0)));
}

TEST_CASE("a model of doubles gets the scale of doubles") {
    const data::in_memory<data::values> data({.sample = shape(2),
                                              .doubles = std::vector<double>(4),
                                              .double_targets = {1e9 + 1, 0, 1e9 + 3, 0},
                                              .target = shape(2)});
    model<alone, cpu, fp64> net{seed{1}};
    fit_target_scale(net, data);
    CHECK(net.get("0.mean") == std::vector<double>{1e9 + 2, 0});
    CHECK(net.get("0.std") == std::vector<double>{1, 1});
}

TEST_CASE("prices in units of their own are learnt with the usual rates of adam, and stay in these units") {
    const temporary_folder folder;
    const auto train = prices(1, 512), test = prices(77, 256);
    model<linear> line{seed{1}};
    fit_normalisation(line, train), fit_target_scale(line, train);
    const double of_line = root_mean_square(line, train, test, 1e-2, 60);
    CAPTURE(of_line);
    CHECK(of_line > 25000); // the bend is beyond a line

    for (const double rate : {1e-3, 1e-2}) {
        CAPTURE(rate);
        model<houses> net{seed{1}};
        fit_normalisation(net, train), fit_target_scale(net, train);
        const auto mean = net.get("6.mean"), deviation = net.get("6.std");
        const double of_net = root_mean_square(net, train, test, rate, 120);
        CHECK(of_net < of_line / 3);
        CHECK(net.get("6.mean") == mean); // no step changes the scale
        CHECK(net.get("6.std") == deviation);

        net.save(folder / "net.safetensors");
        model<houses> again{seed{2}};
        again.load(folder / "net.safetensors");
        const std::vector<float> x{120, 4, 40};
        CHECK(again(x) == net(x));
        CHECK(again(x)[0] == Approx(366000).epsilon(0.1));
    }
    model<bare> without{seed{1}};
    fit_normalisation(without, train);
    CHECK(root_mean_square(without, train, test, 1e-3, 120) > 3 * of_line); // it has not even reached the mean
}

TEST_CASE("targets that do not fit, are none, or are not finite leave the scale as it was") {
    model<alone> net{seed{1}};
    CHECK(says(message_of<shape_error>([&] { fit_target_scale(net, with_targets({1, 2}, shape(1), 2)); }),
               "targets [1]", "the network outputs [2]"));
    CHECK(says(message_of<shape_error>([&] { fit_target_scale(net, with_targets({}, shape(2), 2)); }), "empty"));
    const float nan = std::numeric_limits<float>::quiet_NaN();
    CHECK(says(message_of<error>([&] { fit_target_scale(net, with_targets({1, 2, 3, nan}, shape(2), 2)); }),
               "target element 1 of sample 1 is not finite"));
    CHECK(net.get("0.mean") == std::vector<float>(2, 0.0f));
    CHECK(net.get("0.std") == std::vector<float>(2, 1.0f));
}
