#include "catch.hpp"
#include "files.hpp"
#include "signs.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/train/fit/learning_rate_finder.hpp>
#include <strata/train/losses/elementwise_loss.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

/// y = w x, and samples x with targets 3 x: by hand, the loss is (w − 3)² · mean of x².
struct slope : network<features<1>, dense<1, no_bias>> {};
constexpr int samples = 6;
data::in_memory<data::values> tripled() {
    data::contents c;
    c.sample = shape(1), c.target = shape(1);
    for (int i = 0; i < samples; ++i) {
        c.floats.push_back(0.5f + 0.25f * static_cast<float>(i));
        c.targets.push_back(3 * c.floats.back());
    }
    return data::in_memory<data::values>(c);
}

/// Everything that a step changes: running statistics, two slots of the optimiser, a dropout's random numbers.
struct with_all : network<features<3>, dense<8>, batch_norm, relu, dropout<0.25>, dense<2>> {};

/// The mean squared error less a hundred.
struct shifted_function {
    static constexpr const char* name = "shifted";
    template <class V>
    static V f(V x, V t) {
        return (x - t) * (x - t) - V(100);
    }
    template <class V>
    static V df(V x, V t) {
        return V(2) * (x - t);
    }
};
using shifted = elementwise_loss<shifted_function>;

template <class Block>
auto numbers_of(const Block& block) {
    return std::vector(block.begin(), block.end());
}

/// Samples that cannot be read from the third on.
struct torn {
    using target_type = data::class_index;
    static std::size_t size() { return 8; }
    static shape sample_shape() { return shape(3); }
    static int classes() { return 2; }
    static void read(std::size_t i, data::key, std::span<float> x, data::class_index& c) {
        if (i > 2) raise("the file ends here.");
        std::fill(x.begin(), x.end(), 0.5f);
        c.value = 0;
    }
};

learning_rates losses_of(std::vector<double> smoothed) {
    learning_rates found;
    for (std::size_t i = 0; i < smoothed.size(); ++i)
        found.points.push_back({std::pow(10.0, static_cast<double>(i)), smoothed[i], smoothed[i]});
    return found;
}

} // namespace

TEST_CASE("learning_rate_finder: each step is one of descent at its rate, and its loss is noted") {
    const auto data = tripled();
    model<slope, cpu, fp64> net{seed{1}};
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 0.125}};
    double w = numbers_of(net.parameter_block()).at(0), squares = 0;
    for (int i = 0; i < samples; ++i) squares += (0.5 + 0.25 * i) * (0.5 + 0.25 * i) / samples;
    const learning_rate_finder finder{.lowest = 1e-4, .highest = 1e-1, .steps = 7, .smoothing = 0.5};
    const learning_rates found = finder.search(trainer, data, {.batch = samples});
    REQUIRE(found.points.size() == 7);
    CHECK(found.ended.empty());
    double average = 0;
    for (int i = 0; i < 7; ++i) {
        const auto& p = found.points[static_cast<std::size_t>(i)];
        const double rate = 1e-4 * std::pow(10, i / 2.0), loss = (w - 3) * (w - 3) * squares;
        average = 0.5 * average + 0.5 * loss;
        // A few roundings at each of seven steps.
        CHECK(std::fabs(p.rate / rate - 1) <= 1e-14);
        CHECK(std::fabs(p.loss / loss - 1) <= 1e-13);
        CHECK(std::fabs(p.smoothed / (average / (1 - std::pow(0.5, i + 1))) - 1) <= 1e-13);
        w -= rate * 2 * (w - 3) * squares;
    }
}

TEST_CASE("learning_rate_finder: afterwards everything is as it was, to the bit") {
    const auto data = signs(30);
    const fit_options options{.epochs = 2, .batch = 8, .progress = false, .clip_norm = 1};
    model<with_all> net{seed{5}}, other_net{seed{5}};
    trainer searched{net, cross_entropy{}, adam{.rate = 0.01}}, other{other_net, cross_entropy{}, adam{.rate = 0.01}};
    searched.fit(data, options), other.fit(data, options);
    const auto same = [&] {
        CHECK(numbers_of(net.parameter_block()) == numbers_of(other_net.parameter_block()));
        CHECK(numbers_of(net.buffer_block()) == numbers_of(other_net.buffer_block()));
        CHECK(numbers_of(searched.gradient_block()) == numbers_of(other.gradient_block()));
        CHECK(searched.steps() == other.steps());
    };
    const auto held = net.parameter_block(); // who looks at the model's memory still does afterwards
    const learning_rates found =
        learning_rate_finder{.steps = 20}.search(searched, data, {.batch = 7, .accumulate = 2, .clip_norm = 1});
    CHECK(found.points.size() == 20); // five passes, the last step of each of two samples
    CHECK(held.data() == net.parameter_block().data());
    same();
    // A search that ends in an overflow, and one in which nothing can be read.
    const learning_rate_finder too_far{.lowest = 1, .highest = 1e38, .steps = 10, .diverges_at = 1e300};
    CHECK(says(too_far.search(searched, data).ended, "not finite"));
    same();
    CHECK_THROWS_AS(learning_rate_finder{}.search(searched, torn{}, {.batch = 2, .shuffle = false}),
                    error); // in its second step
    same();
    // The optimiser's state, the orders of the passes and the random numbers show in what comes next.
    const history a = searched.fit(data, options), b = other.fit(data, options);
    same();
    CHECK(a.epochs.at(1).loss == b.epochs.at(1).loss);
    const model<with_all> untrained{seed{5}};
    CHECK(numbers_of(net.parameter_block()) != numbers_of(untrained.parameter_block()));
}

TEST_CASE("learning_rate_finder: ends where the loss rises, and suggests a rate that learns") {
    const auto data = tripled();
    model<slope, cpu, fp64> net{seed{1}};
    trainer trainer{net, mean_squared_error{}, sgd{}};
    const learning_rates found =
        learning_rate_finder{.highest = 1e6, .smoothing = 0.5}.search(trainer, data, {.batch = samples});
    CHECK(found.points.size() < 100);
    CHECK(found.ended == "the loss rose far above its lowest");
    // Descent on this parabola converges below a rate of 1 / squares, 0.7.
    const double rate = found.suggestion();
    CHECK(rate > 1e-3);
    CHECK(rate < 0.7);
    strata::trainer with_it{net, mean_squared_error{}, sgd{.rate = rate}};
    const double before = with_it.evaluate(data).loss;
    with_it.fit(data, {.epochs = 20, .batch = samples, .progress = false});
    CHECK(with_it.evaluate(data).loss < 0.1 * before);
}

TEST_CASE("learning_rate_finder: a loss that is not finite ends the search, and at the first step is an error") {
    model<slope> net{seed{1}};
    trainer trainer{net, mean_squared_error{}, sgd{}};
    const learning_rate_finder too_far{.lowest = 1, .highest = 1e30, .steps = 5, .diverges_at = 1e300};
    const learning_rates found = too_far.search(trainer, tripled(), {.batch = samples});
    CHECK(found.points.size() < 5);
    CHECK(says(found.ended, "is not finite"));
    net.parameter_block()[0] = std::numeric_limits<float>::quiet_NaN();
    CHECK(says(message_of<error>([&] { learning_rate_finder{}.search(trainer, tripled()); }), "step 1", "not finite",
               "0.weight"));
}

TEST_CASE("learning_rate_finder: a loss below zero has not risen far") {
    const auto data = tripled();
    model<slope, cpu, fp64> net{seed{1}};
    trainer trainer{net, shifted{}, sgd{}};
    CHECK(learning_rate_finder{.lowest = 1e-6, .highest = 1e-3, .steps = 20}
              .search(trainer, data, {.batch = samples})
              .points.size()
          == 20);
}

TEST_CASE("learning_rate_finder: the suggestion is where the smoothed loss falls fastest, before its lowest") {
    CHECK(losses_of({9, 9, 8.5, 8, 5, 4.75, 4.5, 9, 0.5, 20}).suggestion() == 1e7); // by 4 from 1e6 to 1e8, the lowest
    CHECK(losses_of({9, 9, 8.5, 8, 5, 4.75, 4.5, 9, 6, 5}).suggestion()
          == 1e3); // by 3.5 from 1e2 to 1e4; later is not asked
    CHECK(losses_of({9, 1, 0.9, 0.8, 0.5, 0.2, 0.15, 0.1, 0.05, 1}).suggestion() == 1e4); // the first tenth is left out
    for (const auto& none : {std::vector<double>{}, {1}, {1, 2}, {1, 2, 3, 4}, {2, 1}})
        CHECK(says(message_of<error>([&] { (void)losses_of(none).suggestion(); }), "no learning rate can be suggested",
                   "wider range"));
}

TEST_CASE("learning_rate_finder: options that make no sense are errors") {
    model<slope> net{seed{1}};
    trainer trainer{net, mean_squared_error{}, sgd{}};
    const auto complaint = [&](const learning_rate_finder& finder) {
        return message_of<error>([&] { finder.search(trainer, tripled()); });
    };
    CHECK(complaint({.lowest = 0})
          == "strata: learning_rate_finder: the lowest rate is 0, but must be a positive number; try "
             "learning_rate_finder{.lowest = 1e-7}.");
    CHECK(says(complaint({.highest = 1e-9}), "highest rate is 1e-09", "above the lowest"));
    CHECK(says(complaint({.steps = 1}), "number of steps is 1", "at least 2"));
    CHECK(says(complaint({.smoothing = 1}), "smoothing is 1"));
    CHECK(says(complaint({.diverges_at = NAN}), "diverges_at is nan", "above 1"));
    CHECK(says(message_of<error>([&] { learning_rate_finder{}.search(trainer, tripled(), {.batch = 0}); }),
               "batches of 0"));
    CHECK(trainer.steps() == 0);
}
