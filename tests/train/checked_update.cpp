/// What is not finite never becomes part of a model, a checkpoint or the best parameters of a run, and the error names
/// the step and the parameter.
#include "catch.hpp"
#include "files.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/gradients.hpp>
#include <strata/layers.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/companions/early_stopping.hpp>
#include <strata/train/losses/l1.hpp>
#include <strata/train/trainer.hpp>

#include <cmath>
#include <limits>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct line : network<features<1>, dense<1>> {};
struct two_layers : network<features<1>, dense<1>, relu, dense<1>> {};
struct normed : network<features<1>, dense<1, no_bias>, batch_norm, dense<1>> {};

constexpr float huge = 3e38f;

data::in_memory<data::values> values(std::vector<float> x, std::vector<float> y) {
    data::contents c;
    c.sample = c.target = shape(1);
    c.floats = std::move(x), c.targets = std::move(y);
    return data::in_memory<data::values>(c);
}
/// Of eight steps of one sample the sixth has a finite loss, (0 − 10)², and a gradient of −20 · 3e38.
data::in_memory<data::values> overflowing() { return values({0, 0, 0, 0, 0, huge, 0, 0}, {1, 1, 1, 1, 1, 10, 1, 1}); }
template <class Net>
model<Net> of_zeros() {
    model<Net> net{seed{1}};
    std::fill(net.parameter_block().begin(), net.parameter_block().end(), 0.f);
    return net;
}
fit_options options(int epochs) { return {.epochs = epochs, .batch = 1, .shuffle = false, .progress = false}; }

template <class Net>
bool is_finite(const model<Net>& net) {
    const auto good = [](const auto& block) {
        return std::all_of(block.begin(), block.end(), [](float x) { return std::isfinite(x); });
    };
    return good(net.parameter_block()) && good(net.buffer_block());
}

} // namespace

TEST_CASE("a gradient that overflows ends a fit, names step and parameter, and leaves the model as it was") {
    auto net = of_zeros<line>(), until_then = of_zeros<line>();
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 0.1}};
    const auto message = message_of<not_finite_error>([&] { trainer.fit(overflowing(), options(1)); });
    CHECK(says(message, "the gradient of step 6 is not finite", "that of 0.weight", "The step was skipped"));
    CHECK(trainer.steps() == 5);
    strata::trainer other{until_then, mean_squared_error{}, sgd{.rate = 0.1}};
    other.fit(values({0, 0, 0, 0, 0}, {1, 1, 1, 1, 1}), options(1));
    CHECK(std::equal(net.parameter_block().begin(), net.parameter_block().end(), until_then.parameter_block().begin()));
    // Accumulated, clipped by its norm, by hand, in double.
    auto again = of_zeros<line>();
    strata::trainer summed{again, mean_squared_error{}, adam{}};
    auto o = options(1);
    o.accumulate = 4, o.clip_norm = 1;
    CHECK(says(message_of<not_finite_error>([&] { summed.fit(overflowing(), o); }), "the gradient of step 2 is"));
    CHECK(is_finite(again));
    const std::vector<float> x{huge}, t{10};
    CHECK(says(message_of<not_finite_error>([&] { summed.step(x, t); }), "the gradient of step 2 is", "0.weight"));
    model<line, cpu, fp64> wide{seed{1}};
    std::fill(wide.parameter_block().begin(), wide.parameter_block().end(), 0.);
    strata::trainer doubles{wide, mean_squared_error{}, sgd{}};
    CHECK(says(message_of<not_finite_error>([&] { doubles.step(std::vector{1e308}, std::vector{10.}); }),
               "the gradient of step 1 is"));
}

TEST_CASE("bounded number by number, a gradient that overflows is a large one") {
    auto net = of_zeros<line>();
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 1e-39}};
    auto o = options(1);
    o.clip_value = 1;
    CHECK_NOTHROW(trainer.fit(overflowing(), o));
    CHECK(is_finite(net));
}

TEST_CASE("a step that overflows ends the fit though every loss would stay finite") {
    // The first layer goes to minus infinity, and relu makes zeros of what it gives.
    auto net = of_zeros<two_layers>();
    for (float& p : net.parameter_block()) p = 1;
    trainer trainer{net, l1{}, sgd{.rate = 1e38}};
    const auto data = values({0, 100, 100, 100}, {2, -1e3f, -1e3f, -1e3f}); // the first is right as it is
    const auto message = message_of<not_finite_error>([&] { trainer.fit(data, options(3)); });
    CHECK(says(message, "step 2 has made the parameter ", "0.weight", "infinite", "load a saved one"));
    CHECK(trainer.steps() == 2);
}

TEST_CASE("running statistics that overflow end the fit") {
    model<normed> net{seed{1}};
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 1e-3}};
    auto o = options(1);
    o.batch = 2;
    const auto data = values({1, 2, 3, 4, 1e25f, -1e25f, 1, 2}, {1, 1, 1, 1, 1, 1, 1, 1});
    CHECK(says(message_of<not_finite_error>([&] { trainer.fit(data, o); }),
               "step 3 has made the statistic 1.running_var infinite"));
}

TEST_CASE("a checkpoint of what is not finite is not written, and the last good one stays") {
    const temporary_folder folder;
    const checkpoints files{.folder = folder / "run", .every_steps = 1, .keep = 1, .resume = true};
    {
        auto net = of_zeros<line>();
        trainer trainer{net, mean_squared_error{}, sgd{.rate = 0.1}};
        CHECK_THROWS_AS(trainer.fit(overflowing(), options(2), files), not_finite_error);
    }
    CHECK(temporary_folder::names_in(files.folder) == std::vector<std::string>{"checkpoint-000000000005.safetensors"});
    auto net = of_zeros<line>();
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 0.1}};
    auto mended = overflowing();
    CHECK_NOTHROW(trainer.fit(values({0, 0, 0, 0, 0, 0, 0, 0}, {1, 1, 1, 1, 1, 1, 1, 1}), options(2), files));
    CHECK(trainer.steps() == 16);
    CHECK(is_finite(net));
}

TEST_CASE("an optimiser's state that overflows is no part of a checkpoint") {
    // Adam's second moment of a gradient of 2e22 is 4e41; the parameters stay finite.
    const temporary_folder folder;
    const checkpoints files{.folder = folder / "run", .every_steps = 1, .keep = 1};
    auto net = of_zeros<line>();
    trainer trainer{net, l1{}, adam{.rate = 1e-3}};
    const auto message =
        message_of<not_finite_error>([&] { trainer.fit(values({1, 1, 2e22f, 1}, {1, 1, 1, 1}), options(1), files); });
    CHECK(says(message, "the checkpoint of step 3 was not written: optimiser.1.0.weight", "not finite"));
    CHECK(temporary_folder::names_in(files.folder) == std::vector<std::string>{"checkpoint-000000000002.safetensors"});
}

TEST_CASE("a checkpoint file that holds what is not finite is refused") {
    const temporary_folder folder;
    const checkpoints files{.folder = folder / "run", .resume = true};
    const auto data = values({1, 2}, {1, 1});
    const auto fit = [&](int epochs) {
        model<line> net{seed{1}};
        trainer trainer{net, mean_squared_error{}, sgd{}};
        trainer.fit(data, options(epochs), files);
    };
    fit(1);
    const std::string path = files.folder + "/" + temporary_folder::names_in(files.folder).front();
    auto file = io::read_safetensors(path);
    const std::vector<float> broken{std::numeric_limits<float>::infinity()};
    for (auto& t : file.tensors)
        if (t.name == "parameters.0.weight") t = io::view_of(t.name, t.shape, std::span<const float>(broken));
    io::write_safetensors(path, file.tensors, file.metadata);
    CHECK(says(message_of<file_error>([&] { fit(2); }), path,
               "parameters.0.weight: a number in the file that is not finite",
               "Remove it to resume from the previous one"));
}

TEST_CASE("early stopping's best parameters are finite ones") {
    auto net = of_zeros<line>();
    trainer trainer{net, mean_squared_error{}, adam{.rate = 0.1}};
    const auto good = values({1, 1}, {5, 5}), bad = overflowing();
    const early_stopping rule{.patience = 2};
    CHECK_THROWS_AS(trainer.fit(bad, good, options(3), rule), not_finite_error);
    CHECK(is_finite(net));
}

TEST_CASE("an optimiser by hand refuses a gradient that is not finite") {
    auto net = of_zeros<line>();
    auto step = gradients<wrt<parameters>>(net, mean_squared_error{});
    optimiser by_hand{net, adam{}};
    step(std::vector<float>{huge}, std::vector<float>{10});
    CHECK(says(message_of<not_finite_error>([&] { by_hand.apply(net, step.gradients()); }),
               "the gradient of step 1 is not finite", "0.weight"));
    CHECK(by_hand.steps() == 0);
    CHECK(is_finite(net));
    optimiser too_fast{net, sgd{.rate = 1e38}};
    step(std::vector<float>{1}, std::vector<float>{100});
    CHECK(says(message_of<not_finite_error>([&] { too_fast.apply(net, step.gradients()); }), "step 1 has made"));
}
