/// What a history tells of the fit that it came from: its options, and the rates of its steps.
#include "catch.hpp"
#include "random_numbers.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/train/optimisers/rmsprop.hpp>
#include <strata/train/parameters/parameter_group.hpp>
#include <strata/train/schedules/step_decay.hpp>
#include <strata/train/trainer.hpp>

#include <cmath>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct tiny : network<features<3>, dense<2>> {};

data::in_memory<> some(int n) {
    data::contents c;
    c.sample = shape(3);
    c.floats = random_numbers<float>(3LL * n, 11);
    for (int i = 0; i < n; ++i) c.labels.push_back(i % 2);
    c.classes = 2;
    return data::in_memory<>(c);
}

} // namespace

TEST_CASE("history.run: the fit's options, and the names of loss and optimiser", "[train]") {
    CHECK(history{}.run.optimiser.empty());
    CHECK(std::isnan(history{}.run.rate));
    model<tiny> net{seed{7}, cpu{.threads = 2}};
    trainer trainer{net, cross_entropy{}, sgd{.rate = 0.25, .momentum = 0.5, .weight_decay = 0.125}};
    const history h = trainer.fit(
        some(20), {.epochs = 2, .batch = 8, .progress = false, .accumulate = 2, .clip_norm = 3, .average = 0.5});
    CHECK(h.run.loss == "cross_entropy");
    CHECK(h.run.optimiser == "sgd");
    CHECK(h.run.rate == 0.25);
    CHECK(h.run.momentum == 0.5);
    CHECK(h.run.weight_decay == 0.125);
    CHECK(h.run.epochs == 2);
    CHECK(h.run.batch == 8);
    CHECK(h.run.accumulate == 2);
    CHECK(h.run.clip_norm == 3);
    CHECK(h.run.clip_value == 0);
    CHECK(h.run.average == 0.5);
    CHECK(h.run.samples == 20);
    CHECK(h.run.seed.value == 7);
    CHECK(h.run.policy == "cpu");
    CHECK(h.run.threads == 2);
}

TEST_CASE("history.run: the optimiser's other options, and the parameter groups", "[train]") {
    const fit_options once{.epochs = 1, .batch = 8, .progress = false};
    model<tiny> net{seed{7}};
    trainer grouped{net, cross_entropy{}, sgd{.momentum = 0.5, .weight_decay = 0.125, .nesterov = true},
                    parameter_group<0>{.rate_factor = 0.1, .weight_decay_factor = 0.5},
                    parameter_group<all_biases, all_norms>{.weight_decay_factor = 0}};
    const run_description run = grouped.fit(some(20), once).run;
    CHECK(run.nesterov);
    CHECK_FALSE(run.centered);
    CHECK(run.groups
          == std::vector<std::string>{"0: rate x 0.1, weight decay x 0.5", "all_biases, all_norms: weight decay x 0"});
    const run_description other =
        trainer{net, cross_entropy{}, sgd{.momentum = 0.5, .dampening = 0.25}}.fit(some(20), once).run;
    CHECK(other.dampening == 0.25);
    CHECK_FALSE(other.nesterov);
    CHECK(other.groups.empty());
    CHECK(trainer{net, cross_entropy{}, rmsprop{.centered = true}}.fit(some(20), once).run.centered);
    struct with_head : network<features<3>, named<"head", dense<2>>> {};
    model<with_head> headed{seed{7}};
    CHECK(trainer{headed, cross_entropy{}, adam{}, parameter_group<"head">{.rate_factor = 10}}
              .fit(some(20), once)
              .run.groups
          == std::vector<std::string>{"head: rate x 10"});
}

TEST_CASE("history.rates: the rate of every step, at the share of epochs done before it", "[train]") {
    model<tiny> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{.rate = 0.5}};
    const history h = trainer.fit(
        some(20), {.epochs = 2, .batch = 10, .schedule = step_decay{.every = 1, .gamma = 0.5}, .progress = false});
    REQUIRE(h.rates.size() == 4);
    const double epochs[] = {0, 0.5, 1, 1.5}, rates[] = {0.5, 0.5, 0.25, 0.25};
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(h.rates[i].epochs == epochs[i]);
        CHECK(h.rates[i].rate == rates[i]);
    }
}

TEST_CASE("history.rates: a long fit keeps about a thousand, the first and the last among them", "[train]") {
    model<tiny> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{.rate = 1}};
    const history h = trainer.fit(some(100), {.epochs = 50, .batch = 1, .progress = false}); // 5000 steps
    CHECK(h.rates.size() == 1001);
    CHECK(h.rates.front().epochs == 0);
    CHECK(h.rates[1].epochs == 0.05); // every fifth
    CHECK(h.rates.back().epochs == 49.99);
}
