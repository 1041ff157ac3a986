// What `fit` offers beside its steps, and the lower step, on a GPU: the CPU's numbers, and files that resume.
#include "files.hpp"
#include "machines/gpu_run.hpp"
#include "nets.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/data/readers/drawn_digits.hpp>
#include <strata/gradients.hpp>
#include <strata/strata.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/companions/early_stopping.hpp>
#include <strata/train/companions/prefetch.hpp>
#include <strata/train/parameters/frozen.hpp>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct with_a_backbone : network<image<1, 28, 28>, named<"backbone", conv<4, 5, stride<2>>, batch_norm, relu>,
                                 max_pool<2>, flatten, dropout<0.25>, dense<10>> {};

struct line : network<features<1>, dense<1>> {};

const data::in_memory<>& digits() {
    static const auto drawn = data::drawn_digits(300, seed{3}, {1 / 255.0f, 0});
    return drawn;
}

template <class Model>
std::vector<float> numbers_of(const Model& net, int i) {
    std::vector<float> all(static_cast<std::size_t>(net.parameters()[static_cast<std::size_t>(i)].extents.size()));
    net.get(i, all.data());
    return all;
}
template <class Model>
std::vector<float> numbers_of(const Model& net) {
    std::vector<float> all;
    for (int i = 0; i < static_cast<int>(net.parameters().size()); ++i) {
        const auto one = numbers_of(net, i);
        all.insert(all.end(), one.begin(), one.end());
    }
    return all;
}
double distance(const std::vector<float>& a, const std::vector<float>& b) {
    double worst = a.size() == b.size() ? 0 : INFINITY;
    for (std::size_t i = 0; worst < INFINITY && i < a.size(); ++i)
        worst = std::max(worst, std::abs(double(a[i]) - double(b[i])));
    return worst;
}

/// Two epochs of nearly everything that `fit` has; the parameters and their running average.
template <class Policy>
std::pair<std::vector<float>, std::vector<float>> fitted_with_everything() {
    model<with_a_backbone, Policy> net{seed{5}};
    trainer trainer{net, cross_entropy{.label_smoothing = 0.1},
                    sgd{.rate = 0.05, .momentum = 0.9, .weight_decay = 1e-3}};
    trainer.fit(digits(), digits(),
                {.epochs = 2, .batch = 32, .progress = false, .accumulate = 2, .clip_norm = 0.5, .average = 0.9},
                early_stopping{.patience = 5}, prefetch{});
    return {numbers_of(net), numbers_of(trainer.averaged())};
}

/// Trains on from the newest checkpoint; stops after so many steps of this call.
std::vector<float> fitted_with_checkpoints(const std::string& folder, int steps) {
    model<with_a_backbone, gpu> net{seed{5}};
    trainer trainer{net, cross_entropy{}, adam{}};
    fit_options options{.epochs = 3, .batch = 32, .progress = false, .average = 0.9};
    options.after_step = [&](const step_report&) { return --steps > 0; };
    trainer.fit(digits(), options, checkpoints{.folder = folder, .every_steps = 3, .resume = true});
    return numbers_of(net);
}

} // namespace

TEST_CASE("accumulated, clipped, averaged, smoothed, decayed and read ahead: a GPU fits as the CPU does") {
    STRATA_NEEDS_GPU();
    const auto here = fitted_with_everything<cpu>(), there = fitted_with_everything<gpu>();
    CHECK(distance(here.first, there.first) <= 1e-4); // ten steps whose sums are in another order
    CHECK(distance(here.second, there.second) <= 1e-4);
    CHECK(distance(there.first, there.second) > 1e-2); // the average lags behind
}

TEST_CASE("a fit on a GPU that was interrupted goes on from its checkpoint to the same bits") {
    STRATA_NEEDS_GPU();
    const temporary_folder folder;
    const auto whole = fitted_with_checkpoints(folder / "whole", 1000);
    fitted_with_checkpoints(folder / "interrupted", 14);
    CHECK(fitted_with_checkpoints(folder / "interrupted", 1000) == whole);
}

TEST_CASE("a frozen layer keeps its bits on a GPU") {
    STRATA_NEEDS_GPU();
    model<with_a_backbone, gpu> net{seed{5}};
    const auto before = net;
    trainer trainer{net, cross_entropy{}, adam{}, frozen<"backbone">{}};
    trainer.fit(digits(), {.epochs = 1, .progress = false});
    int same = 0, changed = 0;
    for (int i = 0; i < static_cast<int>(net.parameters().size()); ++i)
        (numbers_of(net, i) == numbers_of(before, i) ? same : changed) += 1;
    CHECK(same == 6); // conv's two, batch_norm's two and its running statistics
    CHECK(changed == 2);
}

TEST_CASE("gradients with respect to parameters and input are the CPU's, and an optimiser applies them") {
    STRATA_NEEDS_GPU();
    model<with_a_backbone, gpu> there{seed{5}};
    model<with_a_backbone> here{seed{5}};
    auto on_gpu = gradients<wrt<parameters>, wrt<input>>(there, cross_entropy{});
    auto on_cpu = gradients<wrt<parameters>, wrt<input>>(here, cross_entropy{});
    std::vector<float> x(32 * 784), t(32 * 10);
    for (std::size_t i = 0; i < 32; ++i) {
        data::class_index label;
        digits().read(i, {}, std::span(x).subspan(i * 784, 784), label);
        t[i * 10 + static_cast<std::size_t>(label.value)] = 1;
    }
    const double loss = on_gpu(x, t);
    CHECK(std::abs(loss - on_cpu(x, t)) <= 1e-5);
    const auto copied = [](std::span<const float> numbers) {
        return std::vector<float>(numbers.begin(), numbers.end());
    };
    const auto to_input = copied(on_gpu.input_gradient());
    REQUIRE(to_input.size() == x.size());
    CHECK(distance(to_input, copied(on_cpu.input_gradient())) <= 1e-5);
    for (const int weight : {0, 6}) {
        std::vector<float> a(numbers_of(there, weight).size()), b(a.size());
        on_gpu.get(weight, a.data());
        on_cpu.get(weight, b.data());
        CHECK(distance(a, b) <= 1e-5);
        CHECK(distance(a, std::vector<float>(a.size())) > 1e-3);
    }
    optimiser opt{there, adam{}};
    for (int step = 0; step < 10; ++step) {
        on_gpu(x, t);
        opt.apply(there, on_gpu.gradients());
    }
    CHECK(on_gpu(x, t) < loss);
}

TEST_CASE("a loss that is not finite is named some steps later, and the model is as before its step") {
    STRATA_NEEDS_GPU();
    data::contents c{.sample = shape(1, 28, 28), .classes = 10};
    for (std::size_t i = 0; i < 160; ++i) {
        std::vector<float> image(784);
        data::class_index label;
        digits().read(i, {}, image, label);
        if (i == 83) image[5] = INFINITY; // of the sixth step
        c.floats.insert(c.floats.end(), image.begin(), image.end()), c.labels.push_back(label.value);
    }
    const data::in_memory<> broken(c);
    fit_options options{.epochs = 1, .batch = 16, .shuffle = false, .progress = false, .clip_norm = 1};
    model<with_a_backbone, gpu> net{seed{5}}, until_then{seed{5}};
    trainer in_flight{net, cross_entropy{}, adam{}}, awaited{until_then, cross_entropy{}, adam{}};
    CHECK(says(message_of<not_finite_error>([&] { in_flight.fit(broken, options); }),
               "the loss of step 6 is not finite", "sample 3 of the batch contains a number that is not finite"));
    CHECK(in_flight.steps() == 5);
    options.after_step = [](const step_report& r) { return r.step < 5; };
    awaited.fit(broken, options);
    CHECK(awaited.steps() == 5);
    CHECK(numbers_of(net) == numbers_of(until_then));
}

TEST_CASE("a gradient that is not finite skips its step on a GPU, in a fit and by hand") {
    STRATA_NEEDS_GPU();
    data::contents c;
    c.sample = c.target = shape(1);
    c.floats = {0, 0, 0, 0, 0, 3e38f, 0, 0}, c.targets = {1, 1, 1, 1, 1, 10, 1, 1};
    model<line, gpu> net{seed{1}};
    const float zero = 0;
    net.set(0, &zero), net.set(1, &zero);
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 0.1}};
    CHECK(says(message_of<not_finite_error>([&] {
                   trainer.fit(data::in_memory<data::values>(c),
                               {.epochs = 1, .batch = 1, .shuffle = false, .progress = false});
               }),
               "the gradient of step 6 is not finite", "that of 0.weight", "The step was skipped"));
    CHECK(trainer.steps() == 5);
    const auto before = numbers_of(net);
    auto step = gradients<wrt<parameters>>(net, mean_squared_error{});
    optimiser by_hand{net, sgd{.rate = 0.1}};
    step(std::vector<float>{3e38f}, std::vector<float>{10});
    CHECK(says(message_of<not_finite_error>([&] {
                   for (int i = 0; i < 4; ++i) by_hand.apply(net, step.gradients());
               }),
               "the gradient of step 1 is not finite", "0.weight"));
    CHECK(numbers_of(net) == before);
}
