/// binary_cross_entropy in a trainer: class numbers of one output and of several. That its steps are PyTorch's is in
/// trajectories.cpp.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/train/losses/binary_cross_entropy.hpp>
#include <strata/train/trainer.hpp>

#include <algorithm>

using namespace strata;
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
std::vector<float> parameters_of(const Model& net) {
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
    CHECK(parameters_of(fitted) == parameters_of(stepped));
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
    CHECK(parameters_of(fitted) == parameters_of(stepped));
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
    CHECK(says(message_of<shape_error>([&] { trainer.fit(counted(8, 0, 3), quietly); }), "3 classes", "output is [1]", "dense<3>"));
    CHECK(says(message_of<shape_error>([&] { trainer.fit(liar{}, quietly); }), "sample 3", "class 2", "classes are 0 to 1"));
    CHECK(trainer.steps() == 0);
}
