/// The options of cross_entropy. That its steps are PyTorch's is in trajectories.cpp.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/train/gradients/gradients.hpp>
#include <strata/train/trainer.hpp>

#include <array>
#include <cmath>
#include <limits>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct linear : network<features<2>, dense<3>> {};
using numbers = std::vector<double>;

numbers block_of(const model<linear, cpu, fp64>& net) {
    return {net.parameter_block().begin(), net.parameter_block().end()};
}

/// − log softmax(y)[k] for each k.
std::array<double, 3> costs(const double* y) {
    const double sum = std::exp(y[0]) + std::exp(y[1]) + std::exp(y[2]);
    return {std::log(sum) - y[0], std::log(sum) - y[1], std::log(sum) - y[2]};
}

data::in_memory<> classes_of(int n) {
    data::contents c;
    c.sample = shape(2), c.classes = 3;
    c.floats = random_numbers<float>(2 * n, 11);
    for (int i = 0; i < n; ++i) c.labels.push_back(i % 7 % 3);
    return data::in_memory<>(c);
}

} // namespace

TEST_CASE("cross_entropy: equal weights are none, to the bit") {
    model<linear, cpu, fp64> net{seed{1}}, other{seed{1}};
    trainer plain{net, cross_entropy{}, sgd{.rate = 0.5}};
    trainer weighted{other, cross_entropy{.class_weights = {2, 2, 2}}, sgd{.rate = 0.5}};
    const auto x = random_numbers<double>(2 * 5, 2);
    const numbers t{1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1};
    for (int step = 0; step < 5; ++step) CHECK(plain.step(x, t) == weighted.step(x, t));
    CHECK(block_of(net) == block_of(other));
}

TEST_CASE("cross_entropy: class weights of distributions weigh each class's share") {
    model<linear, cpu, fp64> net{seed{1}};
    const numbers x{0.5, -1, 2, 0.25}, t{0.5, 0.25, 0.25, 0, 0.125, 0.875}, w{1, 4, 0.5};
    const auto y = net(x);
    double sum = 0, weight = 0;
    for (std::size_t n = 0; n < 2; ++n)
        for (std::size_t k = 0; k < 3; ++k) {
            sum += w[k] * (0.75 * t[3 * n + k] + 0.25 / 3) * costs(y.data() + 3 * n)[k];
            weight += w[k] * t[3 * n + k];
        }
    trainer trainer{net, cross_entropy{.label_smoothing = 0.25, .class_weights = w}, sgd{.rate = 0.5}};
    CHECK(std::fabs(trainer.step(x, t) - sum / weight) <= 1e-14); // a few roundings of numbers around 1
}

TEST_CASE("cross_entropy: an evaluation is the weighted mean over all samples, whatever the batches") {
    const int n = 300; // evaluated as 256 and 44
    const auto data = classes_of(n);
    model<linear, cpu, fp64> net{seed{3}};
    const numbers w{1, 8, 0.25};
    double sum = 0, weight = 0, smoothed = 0;
    for (int i = 0; i < n; ++i) {
        std::vector<float> x(2);
        data::class_index c;
        data.read(static_cast<std::size_t>(i), {}, x, c);
        const auto y = net(numbers(x.begin(), x.end()));
        const auto each = costs(y.data());
        const auto k = static_cast<std::size_t>(c.value);
        sum += w[k] * each[k], weight += w[k];
        smoothed += (0.5 * each[k] + 0.5 / 3 * (each[0] + each[1] + each[2])) / n;
    }
    trainer weighted{net, cross_entropy{.class_weights = w}, sgd{}};
    trainer smoothing{net, cross_entropy{.label_smoothing = 0.5}, sgd{}};
    CHECK(std::fabs(weighted.evaluate(data).loss - sum / weight) <= 1e-13); // hundreds of roundings of numbers around 1
    CHECK(std::fabs(smoothing.evaluate(data).loss - smoothed) <= 1e-13);
    CHECK(weighted.evaluate(data).metric == smoothing.evaluate(data).metric); // the metrics see the data's own targets
}

TEST_CASE("cross_entropy: gradients by hand are those of the same options, or of none") {
    const auto x = random_numbers<double>(2 * 5, 2);
    const numbers t{1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1};
    for (const cross_entropy& loss :
         {cross_entropy{}, cross_entropy{.label_smoothing = 0.125, .class_weights = {1, 4, 0.5}}}) {
        model<linear, cpu, fp64> net{seed{1}};
        trainer trainer{net, loss, sgd{.rate = 0.5}};
        auto step = gradients<wrt<parameters>>(net, loss);
        const double by_hand = step(x, t);
        CHECK(trainer.step(x, t) == by_hand);
        CHECK(by_hand > 0);
        const auto of_trainer = trainer.gradient_block();
        const auto of_step = step.gradients().view();
        CHECK(numbers(of_step.begin(), of_step.end()) == numbers(of_trainer.begin(), of_trainer.end()));
    }
}

TEST_CASE("cross_entropy: a batch of no weight costs nothing and teaches nothing") {
    model<linear, cpu, fp64> net{seed{1}};
    trainer trainer{net, cross_entropy{.label_smoothing = 0.125, .class_weights = {0, 1, 1}}, sgd{.rate = 0.5}};
    const auto before = block_of(net);
    CHECK(trainer.step(numbers{1, 2}, numbers{1, 0, 0}) == 0);
    CHECK(block_of(net) == before);
    const data::in_memory<> of_no_weight{{.sample = shape(2), .floats = {1, 2}, .labels = {0}, .classes = 3}};
    CHECK(trainer.evaluate(of_no_weight).loss == 0);
    CHECK(trainer.step(numbers{1, 2, 3, 4}, numbers{1, 0, 0, 0, 1, 0}) > 0);
    CHECK(block_of(net) != before);
}

TEST_CASE("cross_entropy: a target that is not finite is named, though the weights are of all") {
    model<linear, cpu, fp64> net{seed{1}};
    trainer trainer{net, cross_entropy{.label_smoothing = 0.125, .class_weights = {1, 2, 3}}, sgd{.rate = 0.5}};
    for (const double broken : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        const numbers x(6, 0.5), t{1, 0, 0, 0, 1, 0, 0, broken, 1};
        CHECK(says(message_of<error>([&] { trainer.step(x, t); }), "the target of sample 2", "not finite"));
    }
}

TEST_CASE("cross_entropy: options that make no sense are errors") {
    model<linear, cpu, fp64> net{seed{1}};
    const auto complaint = [&](const cross_entropy& loss) {
        return message_of<error>([&] { trainer refused{net, loss, sgd{}}; });
    };
    CHECK(complaint({.label_smoothing = 1.5})
          == "strata: cross_entropy: the label smoothing is 1.5, but must be at least 0 and at most 1; try "
             "cross_entropy{.label_smoothing = 0.1}.");
    CHECK(says(complaint({.label_smoothing = -0.5}), "label smoothing is -0.5"));
    CHECK(says(complaint({.label_smoothing = NAN}), "label smoothing is nan"));
    CHECK(complaint({.class_weights = {1, 2}})
          == "strata: cross_entropy was given 2 class weights, but the network has 3 classes. Give one weight per "
             "class, or none.");
    CHECK(complaint({.class_weights = {1, -1, 2}})
          == "strata: cross_entropy: the class weight is -1, but must be a number from 0 to 3.4e38, the largest float; "
             "try "
             "cross_entropy{.class_weights = {1, 2, ...}}.");
    CHECK(says(complaint({.class_weights = {1, NAN, 2}}), "class weight is nan"));
    CHECK(says(complaint({.class_weights = {0, 0, 0}}), "cross_entropy", "all 0", "above 0"));
    trainer good{net, cross_entropy{.label_smoothing = 1, .class_weights = {0, 0, 1}}, sgd{}};
    CHECK(good.steps() == 0);
}
