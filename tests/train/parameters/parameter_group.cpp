/// Groups of parameters with a rate or a weight decay of their own: against the formula, parameter by parameter.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/gradients.hpp>
#include <strata/layers.hpp>
#include <strata/reference/reference.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/optimisers/adagrad.hpp>
#include <strata/train/optimisers/adamw.hpp>
#include <strata/train/optimisers/rmsprop.hpp>
#include <strata/train/parameters/frozen.hpp>
#include <strata/train/parameters/parameter_group.hpp>
#include <strata/train/schedules/step_decay.hpp>
#include <strata/train/trainer.hpp>

#include <cmath>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct net : network<image<2, 4, 4>, named<"stem", conv<3, 3>, batch_norm, relu>, flatten, dense<5>, tanh_activation,
                     named<"head", dense<3>>> {};
// stem.0.weight, stem.0.bias, stem.1.weight, stem.1.bias, (two buffers), 2.weight, 2.bias, head.0.weight, head.0.bias
constexpr int places[] = {0, 1, 2, 3, 6, 7, 8, 9};

data::in_memory<> samples(int n) {
    data::contents c;
    c.sample = shape(2, 4, 4);
    c.floats = random_numbers<float>(32LL * n, 5);
    c.classes = 3;
    for (int i = 0; i < n; ++i) c.labels.push_back(i % 3);
    return data::in_memory<>(c);
}
template <class Model>
std::vector<double> numbers(const Model& m, int i) {
    std::vector<typename Model::number> n(
        static_cast<std::size_t>(m.parameters()[static_cast<std::size_t>(i)].extents.size()));
    m.get(i, n.data());
    return {n.begin(), n.end()};
}

/// Rate and decay of each parameter in `places`, as PyTorch's groups would have them.
struct own_options {
    double rate[8], decay[8];
};

/// Two steps of an optimiser: the trainer's with groups, against one trainer for each parameter that has its options
/// for all. (Gradients of the second step are taken at the same point.)
template <class Policy, class Optimizer, class... Groups>
void compare(Optimizer all, const own_options& own, const Groups&... groups) {
    INFO(Policy::name << ", " << Optimizer::name);
    using model_type = model<net, Policy, fp64>;
    model_type m{seed{1}};
    trainer grouped{m, cross_entropy{}, all, groups...};
    const auto x = random_numbers<double>(32 * 6, 7);
    std::vector<double> t(18);
    for (std::size_t i = 0; i < 6; ++i) t[3 * i + i % 3] = 1;
    // The optimisers by hand, over the gradients of a step at the model's place.
    model_type hand = m;
    auto step = gradients<wrt<parameters>>(hand, cross_entropy{});
    std::vector<std::vector<double>> states(8);
    for (int n = 1; n <= 3; ++n) {
        grouped.step(x, t);
        step(x, t);
        for (std::size_t k = 0; k < 8; ++k) {
            const int i = places[k];
            auto p = numbers(hand, i);
            std::vector<double> g(p.size());
            step.get(i, g.data());
            states[k].resize(static_cast<std::size_t>(Optimizer::states) * p.size());
            Optimizer mine = all;
            mine.rate = own.rate[k], mine.weight_decay = own.decay[k];
            const auto rule = mine.template rule<double>(n);
            for (std::size_t e = 0; e < p.size(); ++e)
                [&]<std::size_t... K>(std::index_sequence<K...>) {
                    rule(g[e], p[e], states[k][K * p.size() + e]...);
                }(std::make_index_sequence<static_cast<std::size_t>(Optimizer::states)>());
            hand.set(i, p.data());
        }
        for (const int i : places) {
            INFO("parameter " << i << ", step " << n);
            const auto a = numbers(m, i), b = numbers(hand, i);
            for (std::size_t e = 0; e < a.size(); ++e) CHECK(a[e] == Approx(b[e]).epsilon(1e-12).margin(1e-13));
        }
    }
}

template <class Optimizer>
void compare_all(Optimizer all) {
    const double r = all.rate, w = all.weight_decay;
    // Biases and norms without decay, as transformers are trained; the head ten times as fast.
    const own_options own{{r, r, r, r, r, r, 10 * r, 10 * r}, {w, 0, 0, 0, w, 0, w, 0}};
    compare<cpu>(all, own, parameter_group<"head">{.rate_factor = 10},
                 parameter_group<all_biases, all_norms>{.weight_decay_factor = 0});
    compare<reference>(all, own, parameter_group<all_norms, all_biases>{.weight_decay_factor = 0},
                       parameter_group<4>{.rate_factor = 10});
}

} // namespace

TEST_CASE("groups are the formula with rates and decays of their own, for every optimiser") {
    compare_all(sgd{.rate = 0.1, .momentum = 0.9, .weight_decay = 0.3});
    compare_all(adam{.rate = 0.01, .weight_decay = 0.3});
    compare_all(adamw{.rate = 0.01, .weight_decay = 0.3});
    compare_all(rmsprop{.rate = 0.01, .weight_decay = 0.3, .momentum = 0.5});
    compare_all(adagrad{.rate = 0.1, .weight_decay = 0.3});
}

TEST_CASE("factors of several groups are multiplied, and norms are norms' parameters alone") {
    const adamw all{.rate = 0.01, .weight_decay = 0.2};
    const double r = all.rate, w = all.weight_decay;
    compare<cpu>(all, {{r / 2, r / 4, r / 2, r / 4, r, r / 2, r, r / 2}, {2 * w, 2 * w, w, w, w, w, w, w}},
                 parameter_group<"stem">{.rate_factor = 0.5, .weight_decay_factor = 2},
                 parameter_group<all_biases>{.rate_factor = 0.5},
                 parameter_group<all_norms>{.weight_decay_factor = 0.5});
}

TEST_CASE("a layer in a block is in a group by its path") {
    const adamw all{.rate = 0.01, .weight_decay = 0.2};
    const double r = all.rate, w = all.weight_decay;
    compare<reference>(all, {{r, r, r / 2, r / 2, r, r, r / 2, r / 2}, {w, w, w, w, w, w, w, w}},
                       parameter_group<"stem.1", "head">{.rate_factor = 0.5});
}

TEST_CASE("gradients with respect to a layer in a block are its own alone") {
    model<net, reference, fp64> m{seed{1}};
    const auto x = random_numbers<double>(32 * 6, 7), t = random_numbers<double>(3 * 6, 8);
    auto all = gradients<wrt<parameters>>(m, mean_squared_error{});
    auto some = gradients<wrt<parameters_of<"stem.0", 2>>>(m, mean_squared_error{});
    CHECK(all(x, t) == some(x, t));
    for (const int i : places) {
        std::vector<double> of_all(numbers(m, i).size()), of_some = of_all, none = of_all;
        all.get(i, of_all.data());
        some.get(i, of_some.data());
        CHECK(of_some == (i == 0 || i == 1 || i == 6 || i == 7 ? of_all : none));
        CHECK(of_all != none);
    }
}

TEST_CASE("groups of factor 1 change no bit, and neither does a rate of 0 of what it is for") {
    const auto data = samples(40);
    const auto fitted = [&](const auto&... extras) {
        model<net> m{seed{2}};
        trainer trainer{m, cross_entropy{}, adamw{.rate = 0.01, .weight_decay = 0.1}, extras...};
        trainer.fit(data, {.epochs = 3,
                           .batch = 8,
                           .schedule = step_decay{.every = 1, .gamma = 0.5},
                           .progress = false,
                           .average = 0.9});
        return std::pair{std::move(m), trainer.averaged()};
    };
    const auto plain = fitted();
    const auto with_ones = fitted(parameter_group<all_biases, "head">{}, accuracy{}, parameter_group<2>{});
    const auto still = fitted(accuracy{}, parameter_group<"stem", 2>{.rate_factor = 0});
    const model<net> start{seed{2}};
    for (const int i : places) {
        CHECK(numbers(with_ones.first, i) == numbers(plain.first, i));
        CHECK(numbers(with_ones.second, i) == numbers(plain.second, i));
        CHECK((numbers(still.first, i) == numbers(start, i)) == (i < 8));
    }
}

TEST_CASE("frozen layers, groups and metrics stand in any order") {
    const auto data = samples(40);
    const auto fitted = [&](const auto&... extras) {
        model<net> m{seed{2}};
        trainer trainer{m, cross_entropy{}, adamw{.rate = 0.01, .weight_decay = 0.1}, extras...};
        const history h = trainer.fit(data, {.epochs = 2, .batch = 8, .progress = false});
        CHECK(h.metric_names == std::vector<std::string>{"accuracy"});
        return m;
    };
    const parameter_group<all_biases> no_decay{.weight_decay_factor = 0};
    const auto first = fitted(frozen<"stem">{}, no_decay, accuracy{}),
               second = fitted(accuracy{}, no_decay, frozen<"stem">{});
    const model<net> start{seed{2}};
    for (const int i : places) {
        CHECK(numbers(first, i) == numbers(second, i));
        CHECK((numbers(first, i) == numbers(start, i)) == (i < 4));
    }
}

TEST_CASE("a run with groups is resumed to the same bits") {
    const auto data = samples(40);
    temporary_folder folder;
    const auto run = [&](int epochs, bool keep) {
        model<net> m{seed{2}};
        trainer trainer{m, cross_entropy{}, adamw{.rate = 0.01, .weight_decay = 0.1},
                        parameter_group<"head">{.rate_factor = 3},
                        parameter_group<all_biases>{.weight_decay_factor = 0}};
        const fit_options options{.epochs = epochs, .batch = 8, .progress = false};
        if (keep) trainer.fit(data, options, checkpoints{.folder = folder / "run", .resume = true});
        else trainer.fit(data, options);
        return m;
    };
    run(2, true);
    const auto resumed = run(4, true), at_once = run(4, false);
    for (const int i : places) CHECK(numbers(resumed, i) == numbers(at_once, i));
}

TEST_CASE("an optimiser by hand takes groups as a trainer does, of gradients of some layers too") {
    const auto x = random_numbers<float>(32 * 6, 7);
    std::vector<float> t(18);
    for (std::size_t i = 0; i < 6; ++i) t[3 * i + i % 3] = 1;
    const adamw rule{.rate = 0.01, .weight_decay = 0.1};
    const parameter_group<"head"> fast{.rate_factor = 3};
    const parameter_group<all_biases, all_norms> no_decay{.weight_decay_factor = 0};
    model<net> a{seed{1}}, b{seed{1}}, c{seed{1}}, d{seed{1}};
    trainer whole{a, cross_entropy{}, rule, fast, no_decay};
    trainer part{c, cross_entropy{}, rule, frozen<"stem">{}, fast, no_decay};
    optimiser of_b{b, rule, fast, no_decay};
    optimiser of_d{d, rule, no_decay, fast};
    auto step = gradients<wrt<parameters>>(b, cross_entropy{});
    auto some = gradients<wrt<parameters_of<2, "head">>>(d, cross_entropy{});
    for (int i = 0; i < 3; ++i) {
        whole.step(x, t), part.step(x, t);
        step(x, t), some(x, t);
        of_b.apply(b, step.gradients(), 1);
        of_d.add(some.gradients());
        of_d.apply(d);
    }
    const model<net> start{seed{1}};
    for (const int i : places) {
        CHECK(numbers(a, i) == numbers(b, i));
        if (i < 4) CHECK(numbers(d, i) == numbers(start, i));
    }
    CHECK(numbers(d, 8) != numbers(start, 8));
}

TEST_CASE("factors that make no sense are refused") {
    model<net> m{seed{1}};
    const auto refusal = [&](auto optimizer, auto group) {
        return message_of<error>([&] { trainer{m, cross_entropy{}, optimizer, group}; });
    };
    const adamw decays;
    CHECK(says(refusal(decays, parameter_group<"head">{.rate_factor = -1}), "parameter_group", "rate factor is -1",
               "not less than 0"));
    CHECK(says(refusal(decays, parameter_group<"head">{.weight_decay_factor = NAN}), "weight decay factor"));
    CHECK(says(refusal(sgd{}, parameter_group<"head">{.weight_decay_factor = 2}), "the optimiser's weight_decay is 0"));
    const trainer fine{m, cross_entropy{}, sgd{}, parameter_group<"head">{.weight_decay_factor = 0}};
    CHECK(fine.steps() == 0);
}
