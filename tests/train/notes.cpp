/// What a fit says of itself, beside its numbers: a loss that grows or never falls, what early stopping follows.
#include "catch.hpp"
#include "files.hpp"
#include "signs.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/train/companions/early_stopping.hpp>
#include <strata/train/optimisers/adagrad.hpp>
#include <strata/train/optimisers/adamw.hpp>
#include <strata/train/optimisers/rmsprop.hpp>
#include <strata/train/schedules/cosine.hpp>
#include <strata/train/trainer.hpp>

#include <cmath>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct tiny : network<features<3>, dense<4>, relu, dense<2>> {};

/// Which of two classes is the sign of the first feature; the third feature is always 0.
data::in_memory<> flat_signs(int n) {
    data::contents c = contents_of_signs(n);
    for (int i = 0; i < n; ++i) c.floats[static_cast<std::size_t>(3 * i + 2)] = 0;
    return data::in_memory<>(c);
}
template <class Optimizer, class... Companions>
history fitted(Optimizer optimizer, int epochs, const Companions&... companions) {
    model<tiny> net{seed{1}};
    trainer trainer{net, cross_entropy{}, optimizer};
    return trainer.fit(flat_signs(200), {.epochs = epochs, .batch = 10, .progress = false}, companions...);
}

} // namespace

TEST_CASE("a loss that grows out of all proportion is said, with its numbers and the rate, once") {
    const history h = fitted(adam{.rate = 1e6}, 3);
    CHECK(h.diverged);
    REQUIRE(h.notes.size() == 1);
    CHECK(says(h.notes[0], "the loss grew from 0.", "at the first step to", "in epoch 1",
               "the learning rate, 1e+06, is too high", "learning_rate_finder"));
    CHECK(says(h.to_text(), h.notes[0]));
}

TEST_CASE("a loss that never falls is said, of a rate too high or too low") {
    const history h = fitted(sgd{.rate = 1e-12}, 2);
    CHECK_FALSE(h.diverged);
    REQUIRE(h.notes.size() == 1);
    CHECK(says(h.notes[0], "in 2 epochs the loss never fell below that of the first step, ",
               "; the lowest of an epoch was ", ". The learning rate, 1e-12,"));
    const history one = fitted(sgd{.rate = 1e-12}, 1);
    REQUIRE(one.notes.size() == 1);
    CHECK(says(one.notes[0], "in 1 epoch the loss never fell"));
}

TEST_CASE("a fit that learns says nothing, and neither does one that goes on from where it was") {
    model<tiny> net{seed{1}};
    trainer trainer{net, cross_entropy{}, adam{.rate = 0.05}};
    const fit_options options{.epochs = 3, .batch = 10, .progress = false};
    CHECK(trainer.fit(flat_signs(200), options).notes.empty());
    CHECK(trainer.fit(flat_signs(200), options).notes.empty());
    CHECK(trainer.fit(flat_signs(10), {.epochs = 1, .batch = 10, .progress = false}).notes.empty());
}

TEST_CASE("early stopping without held-out data says what it follows") {
    const history h = fitted(adam{.rate = 0.05}, 2, early_stopping{.patience = 5, .by = "accuracy"});
    REQUIRE(h.notes.size() == 1);
    CHECK(says(h.notes[0], "early stopping monitors the accuracy of the training data", "Pass held-out data"));
    model<tiny> net{seed{1}};
    trainer trainer{net, cross_entropy{}, adam{.rate = 0.05}};
    const auto all = flat_signs(200);
    CHECK(trainer.fit(all, all, {.epochs = 2, .progress = false}, early_stopping{}).notes.empty());
}

TEST_CASE("an epsilon of 0 is allowed, and named where a parameter without a gradient makes the loss not finite") {
    // The weights of a feature that is always 0 have gradients of 0: their step is 0 / 0, as in PyTorch.
    const auto complaint = [](auto optimizer) { return message_of<not_finite_error>([&] { fitted(optimizer, 1); }); };
    CHECK(says(complaint(adam{.epsilon = 0}), "the parameter 0.weight", "The epsilon of adam is 0",
               "adam{.epsilon = 1e-8}"));
    CHECK(says(complaint(adamw{.epsilon = 0}), "The epsilon of adamw is 0"));
    CHECK(says(complaint(rmsprop{.epsilon = 0}), "The epsilon of rmsprop is 0"));
    CHECK(says(complaint(adagrad{.epsilon = 0}), "The epsilon of adagrad is 0", "adagrad{.epsilon = 1e-10}"));
    CHECK(fitted(adagrad{.initial_accumulator = 0.1, .epsilon = 0}, 1).epochs.size() == 1); // √(0.1) is no 0
}

TEST_CASE("a schedule that gives no factor is refused, by its step") {
    model<tiny> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{}};
    for (const double wrong : {static_cast<double>(NAN), HUGE_VAL, -0.5}) {
        const auto message = message_of<error>([&] {
            trainer.fit(flat_signs(40),
                        {.batch = 10,
                         .schedule = [wrong](const schedule_point& at) { return at.step < 2 ? 1 : wrong; },
                         .progress = false});
        });
        CHECK(says(message, "the schedule returned", "step 2 of 4", "finite and not negative"));
    }
    // A schedule that was moved from is a constant one.
    schedule_function moved_from = cosine;
    const schedule_function to = std::move(moved_from);
    const schedule_function copy = moved_from; // NOLINT: that is the question
    schedule_function again = copy;
    CHECK(again({.progress = 0.5}) == 1);
}
