/// binary_cross_entropy in a trainer: class numbers of one output and of several. That its steps are PyTorch's is in
/// trajectories.cpp.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/train/gradients/gradients.hpp>
#include <strata/train/losses/binary_cross_entropy.hpp>
#include <strata/train/trainer.hpp>

#include <algorithm>
#include <cmath>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct yes_or_no : network<features<2>, dense<1>> {};
struct one_of_three : network<features<2>, dense<3>> {};

/// n samples of two features; the class is how many of them are above a bound.
data::in_memory<> counted(int n, float bound, int classes) {
    data::contents c;
    c.sample = shape(2), c.classes = classes;
    c.floats = random_numbers<float>(2 * n, 11);
    for (std::size_t i = 0; i < c.floats.size(); i += 2)
        c.labels.push_back((c.floats[i] > bound ? 1 : 0) + (classes > 2 && c.floats[i + 1] > bound ? 1 : 0));
    return data::in_memory<>(c);
}
template <class Model>
std::vector<float> block_of(const Model& net) {
    return {net.parameter_block().begin(), net.parameter_block().end()};
}
const fit_options quietly{.epochs = 1, .batch = 8, .shuffle = false, .progress = false};

} // namespace

TEST_CASE("binary_cross_entropy: class numbers of one output are no and yes") {
    const auto data = counted(8, 0, 2);
    std::vector<float> x, t;
    for (std::size_t i = 0; i < 8; ++i) {
        std::vector<float> sample(2);
        data::class_index c;
        data.read(i, {}, sample, c);
        x.insert(x.end(), sample.begin(), sample.end()), t.push_back(static_cast<float>(c.value));
    }
    REQUIRE(std::count(t.begin(), t.end(), 1.0f) > 0);
    REQUIRE(std::count(t.begin(), t.end(), 0.0f) > 0);
    model<yes_or_no> fitted{seed{1}}, stepped{seed{1}};
    trainer a{fitted, binary_cross_entropy{}, sgd{.rate = 0.5}}, b{stepped, binary_cross_entropy{}, sgd{.rate = 0.5}};
    const history h = a.fit(data, quietly);
    CHECK(h.epochs.at(0).loss == b.step(x, t));
    CHECK(block_of(fitted) == block_of(stepped));
}

TEST_CASE("binary_cross_entropy: learns yes or no, and counts what is right") {
    const auto data = counted(200, 0.25f, 2);
    model<yes_or_no> net{seed{2}};
    trainer trainer{net, binary_cross_entropy<2>{}, sgd{.rate = 1}};
    const history h = trainer.fit(data, {.epochs = 60, .batch = 20, .progress = false});
    CHECK(h.metric_names == std::vector<std::string>{"binary_accuracy"});
    CHECK(h.epochs.front().loss > 0.5);
    CHECK(h.epochs.back().loss < 0.5 * h.epochs.front().loss);
    CHECK(trainer.evaluate(data).metric >= 0.95);
}

TEST_CASE("binary_cross_entropy: class numbers of several outputs are yes for one and no for the others") {
    const auto data = counted(8, 0, 3);
    std::vector<float> x, t;
    for (std::size_t i = 0; i < 8; ++i) {
        std::vector<float> sample(2);
        data::class_index c;
        data.read(i, {}, sample, c);
        x.insert(x.end(), sample.begin(), sample.end());
        for (int k = 0; k < 3; ++k) t.push_back(k == c.value ? 1.0f : 0.0f);
    }
    model<one_of_three> fitted{seed{1}}, stepped{seed{1}};
    trainer a{fitted, binary_cross_entropy{}, sgd{.rate = 0.5}}, b{stepped, binary_cross_entropy{}, sgd{.rate = 0.5}};
    const history h = a.fit(data, quietly);
    CHECK(h.epochs.at(0).loss == b.step(x, t));
    CHECK(block_of(fitted) == block_of(stepped));
}

TEST_CASE("binary_cross_entropy: smoothed labels are steps towards smoothed targets, to the bit") {
    const auto x = random_numbers<double>(2 * 5, 2);
    const std::vector<double> t{1, 0, 0, 0, 0.5, 1, 0, 1, 0.25, 1, 0, 0, 0, 0, 1};
    std::vector<double> smooth;
    for (const double yes : t) smooth.push_back(0.75 * yes + 0.125); // a smoothing of 1/4, exact
    model<one_of_three, cpu, fp64> net{seed{1}}, other{seed{1}};
    const binary_cross_entropy<3> smoothing{.label_smoothing = 0.25};
    trainer a{net, binary_cross_entropy<3>{}, sgd{.rate = 0.5}}, b{other, smoothing, sgd{.rate = 0.5}};
    auto by_hand = gradients<wrt<parameters>>(other, smoothing);
    for (int step = 0; step < 5; ++step) {
        const double loss = by_hand(x, t);
        CHECK(b.step(x, t) == loss);
        CHECK(a.step(x, smooth) == loss);
    }
    CHECK(std::equal(net.parameter_block().begin(), net.parameter_block().end(), other.parameter_block().begin()));
    CHECK(a.step(x, t) != b.step(x, t));
}

TEST_CASE("binary_cross_entropy: an evaluation has smoothed targets in its loss, and the data's own in its metrics") {
    const auto data = counted(40, 0, 2);
    model<yes_or_no> net{seed{1}};
    trainer plain{net, binary_cross_entropy{}, sgd{}},
        smoothing{net, binary_cross_entropy<>{.label_smoothing = 1}, sgd{}};
    double expected = 0; // a coin's: half of each
    for (std::size_t i = 0; i < 40; ++i) {
        std::vector<float> sample(2);
        data::class_index c;
        data.read(i, {}, sample, c);
        const double y = net(sample)[0];
        expected += (0.5 * std::log1p(std::exp(-y)) + 0.5 * std::log1p(std::exp(y))) / 40;
    }
    CHECK(std::fabs(smoothing.evaluate(data).loss - expected) <= 1e-6); // floats of around 1
    CHECK(smoothing.evaluate(data).metric == plain.evaluate(data).metric);
}

TEST_CASE("binary_cross_entropy: a smoothing that makes no sense is an error") {
    model<yes_or_no> net{seed{1}};
    const auto complaint = [&](double smoothing) {
        return message_of<error>(
            [&] { trainer refused{net, binary_cross_entropy<>{.label_smoothing = smoothing}, sgd{}}; });
    };
    CHECK(complaint(1.5)
          == "strata: binary_cross_entropy<>: the label smoothing is 1.5, but must be at least 0 and at most 1; try "
             "binary_cross_entropy<>{.label_smoothing = 0.1}.");
    CHECK(says(complaint(-0.5), "label smoothing is -0.5"));
    CHECK(says(complaint(NAN), "label smoothing is nan"));
}

namespace {
/// Says that there are two classes, and gives a third.
struct liar {
    using target_type = data::class_index;
    static std::size_t size() { return 4; }
    static shape sample_shape() { return shape(2); }
    static int classes() { return 2; }
    static void read(std::size_t i, data::key, std::span<float> x, data::class_index& c) {
        x[0] = x[1] = 0;
        c.value = i == 3 ? 2 : 1;
    }
};
} // namespace

TEST_CASE("binary_cross_entropy: more classes than one output can tell are refused") {
    model<yes_or_no> net{seed{1}};
    trainer trainer{net, binary_cross_entropy{}, sgd{}};
    CHECK(says(message_of<shape_error>([&] { trainer.fit(counted(8, 0, 3), quietly); }), "3 classes", "output is [1]",
               "dense<3>"));
    CHECK(says(message_of<shape_error>([&] { trainer.fit(liar{}, quietly); }), "sample 3", "class 2",
               "classes are 0 to 1"));
    CHECK(trainer.steps() == 0);
}
