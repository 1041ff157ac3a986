/// Steps whose losses arrive later, as those of a GPU do: the same bits as where each is awaited, the same errors, and
/// no step waits for the one before it.
#include "catch.hpp"
#include "files.hpp"
#include "machines/late_machine.hpp"
#include "signs.hpp"

#include <strata/data/views/weighted.hpp>
#include <strata/gradients.hpp>
#include <strata/layers.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/fit/learning_rate_finder.hpp>
#include <strata/train/losses/l1.hpp>
#include <strata/train/optimisers/adamw.hpp>
#include <strata/train/schedules/cosine.hpp>
#include <strata/train/trainer.hpp>

#include <cmath>
#include <stdexcept>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

using prompt = late<1>;
using gpu_like = late<4>;

struct several : network<features<3>, dense<8>, batch_norm, tanh_activation, dropout<0.25>, dense<2>> {};
struct line : network<features<1>, dense<1>> {};
struct two_layers : network<features<1>, dense<1>, relu, dense<1>> {};
struct normed : network<features<1>, dense<1, no_bias>, batch_norm, dense<1>> {};

template <class Model>
std::vector<float> numbers_of(const Model& net) {
    std::vector<float> all;
    for (const auto& block : {net.parameter_memory().view(), net.buffer_memory().view()})
        all.insert(all.end(), block.begin(), block.end());
    return all;
}
template <class Net, class Policy>
model<Net, Policy> of_ones() {
    model<Net, Policy> net{seed{1}};
    for (int i = 0; i < static_cast<int>(net.parameters().size()); ++i)
        if (net.parameters()[static_cast<std::size_t>(i)].where == storage::parameter) {
            const std::vector<float> ones(
                static_cast<std::size_t>(net.parameters()[static_cast<std::size_t>(i)].extents.size()), 1.f);
            net.set(i, ones.data());
        }
    return net;
}
data::in_memory<data::values> values(std::vector<float> x, std::vector<float> y) {
    data::contents c;
    c.sample = c.target = shape(1);
    c.floats = std::move(x), c.targets = std::move(y);
    return data::in_memory<data::values>(c);
}

/// What a fit leaves behind.
struct outcome {
    std::vector<float> numbers;
    std::vector<double> losses; ///< of epochs, held-out samples, steps
    std::int64_t steps = 0;
    long long waits = 0;
};
template <class Policy, class Train, class Optimizer = adam>
outcome fit(const Train& train, fit_options o, const Optimizer& optimizer = {}, bool tells_steps = false) {
    outcome out;
    model<several, Policy> net{seed{3}};
    strata::trainer trainer{net, cross_entropy{.label_smoothing = 0.1}, optimizer};
    o.progress = false;
    if (tells_steps)
        o.after_step = [&](const step_report& r) {
            out.losses.insert(out.losses.end(), {r.loss, r.gradient_norm, r.rate_factor, double(r.step)});
            return true;
        };
    const long long before = stream.waits;
    const history h = trainer.fit(train, signs(20), o);
    out.waits = stream.waits - before;
    for (const epoch_record& e : h.epochs)
        out.losses.insert(out.losses.end(), {e.loss, e.metrics.front(), e.held_out_loss, e.rate});
    out.numbers = numbers_of(net);
    out.steps = trainer.steps();
    return out;
}
void check_same(const outcome& a, const outcome& b) {
    CHECK(a.numbers == b.numbers);
    CHECK(a.losses == b.losses);
    CHECK(a.steps == b.steps);
}

/// What a fit says when it fails, and what it leaves of the model.
struct failure {
    std::string message;
    std::vector<float> numbers;
    std::int64_t steps = 0;
    std::string again; ///< what a step over the same data says then
};
template <class Net, class Policy, class Loss, class Optimizer>
failure failing_fit(const data::in_memory<data::values>& data, const Loss& loss, const Optimizer& optimizer,
                    fit_options o) {
    auto net = of_ones<Net, Policy>();
    strata::trainer trainer{net, loss, optimizer};
    o.shuffle = false, o.progress = false;
    failure f;
    f.message = message_of<not_finite_error>([&] { trainer.fit(data, o); });
    f.numbers = numbers_of(net);
    f.steps = trainer.steps();
    f.again = message_of<not_finite_error>([&] { trainer.fit(data, o); });
    return f;
}
template <class Net, class Loss, class Optimizer>
failure fails_alike(const data::in_memory<data::values>& data, const Loss& loss, const Optimizer& optimizer,
                    const fit_options& o) {
    const failure here = failing_fit<Net, cpu>(data, loss, optimizer, o),
                  there = failing_fit<Net, gpu_like>(data, loss, optimizer, o);
    CHECK(there.message == here.message);
    CHECK(there.again == here.again);
    CHECK(there.steps == here.steps);
    REQUIRE(there.numbers.size() == here.numbers.size());
    for (std::size_t i = 0; i < here.numbers.size(); ++i) {
        const float a = here.numbers[i], b = there.numbers[i];
        CHECK((a == b || std::abs(a - b) <= 1e-5f * std::abs(a) || !std::isfinite(a))); // a product and a sum in one
    }
    return there;
}

constexpr float huge = 3e38f;
constexpr float infinite = std::numeric_limits<float>::infinity();

/// Whose sample 37 cannot be read, the first time.
struct unreadable {
    using target_type = data::class_index;
    bool* broken;
    [[nodiscard]] static std::size_t size() { return 60; }
    [[nodiscard]] static shape sample_shape() { return shape(3); }
    [[nodiscard]] static int classes() { return 2; }
    void read(std::size_t i, const data::key&, std::span<float> x, data::class_index& c) const {
        if (i == 37 && *broken) throw std::runtime_error("sample 37 is unreadable");
        for (float& number : x) number = static_cast<float>(i) * 0.01f;
        c.value = static_cast<int>(i % 2);
    }
};

} // namespace

TEST_CASE("steps in flight: a fit gives the bits of one that awaits every step, and those of cpu but for rounding") {
    const fit_options o{.epochs = 3, .batch = 8};
    const outcome there = fit<gpu_like>(signs(61), o);
    check_same(there, fit<prompt>(signs(61), o));
    const outcome here = fit<cpu>(signs(61), o);
    REQUIRE(here.losses.size() == there.losses.size());
    for (std::size_t i = 0; i < here.losses.size(); ++i) CHECK(std::abs(here.losses[i] - there.losses[i]) <= 1e-5);
}

TEST_CASE("steps in flight: clipping, accumulation, averages, weights and reports keep their bits") {
    fit_options o{.epochs = 2, .batch = 5, .schedule = cosine, .accumulate = 3, .clip_norm = 0.1, .average = 0.9};
    check_same(fit<gpu_like>(signs(61), o), fit<prompt>(signs(61), o));
    check_same(fit<gpu_like>(signs(61), o, adamw{}, true), fit<prompt>(signs(61), o, adamw{}, true));
    o.clip_norm = 0, o.clip_value = 0.01, o.accumulate = 1;
    check_same(fit<gpu_like>(signs(61), o, sgd{.momentum = 0.9}), fit<prompt>(signs(61), o, sgd{.momentum = 0.9}));
    std::vector<double> weights;
    for (int i = 0; i < 61; ++i) weights.push_back(0.5 + i % 3);
    const auto weighted = data::weighted(signs(61), weights);
    check_same(fit<gpu_like>(weighted, o), fit<prompt>(weighted, o));
}

TEST_CASE("steps in flight: no step waits for the one before it") {
    // 40 steps an epoch. A wait of each epoch's end, of the first step, and of what makes and ends the fit.
    const fit_options o{.epochs = 2, .batch = 8};
    CHECK(fit<gpu_like>(signs(320), o).waits <= 20);
    CHECK(fit<prompt>(signs(320), o).waits >= 80);
}

TEST_CASE("steps in flight: a loss that is not finite names its step, and leaves the model as before it") {
    const auto data = values({1, 2, 3, 4, 5, infinite, 7, 8, 9, 10}, std::vector<float>(10, 1));
    const failure f = fails_alike<line>(data, mean_squared_error{}, sgd{.rate = 1e-3}, {.epochs = 2, .batch = 1});
    CHECK(says(f.message, "the loss of step 6 is not finite", "sample 0 of the batch contains"));
    CHECK(f.steps == 5);
    CHECK(says(f.again, "the loss of step 11 is not finite")); // the trainer went on, and five more steps were taken
    // Statistics too, and a batch within an accumulated step.
    const failure g =
        fails_alike<normed>(data, mean_squared_error{}, adam{}, {.epochs = 2, .batch = 2, .accumulate = 2});
    CHECK(says(g.message, "the loss of step 2 is not finite", "sample 1 of the batch contains"));
}

TEST_CASE("steps in flight: a gradient that is not finite skips its step, and is named") {
    const auto data = values({0, 0, 0, 0, 0, huge, 0, 0}, {1, 1, 1, 1, 1, 10, 1, 1});
    auto run = [&]<class Policy>(Policy) {
        model<line, Policy> net{seed{1}};
        const float zero = 0;
        net.set(0, &zero), net.set(1, &zero);
        strata::trainer trainer{net, mean_squared_error{}, sgd{.rate = 0.1}};
        const auto message = message_of<not_finite_error>(
            [&] { trainer.fit(data, {.epochs = 1, .batch = 1, .shuffle = false, .progress = false}); });
        CHECK(says(message, "the gradient of step 6 is not finite", "that of 0.weight", "The step was skipped"));
        CHECK(trainer.steps() == 5);
        const auto limited = message_of<not_finite_error>(
            [&] { trainer.fit(data, {.epochs = 1, .batch = 1, .shuffle = false, .progress = false, .clip_norm = 1}); });
        CHECK(says(limited, "the gradient of step 11 is not finite", "that of 0.weight"));
        return numbers_of(net);
    };
    const auto here = run(cpu{}), there = run(gpu_like{});
    REQUIRE(here.size() == there.size());
    for (std::size_t i = 0; i < here.size(); ++i) CHECK(std::abs(here[i] - there[i]) <= 1e-6f);
}

TEST_CASE("steps in flight: a step that leaves the model infinite is named, whatever came behind it") {
    const auto data = values({0, 100, 100, 100, 100, 100}, {2, -1e3f, -1e3f, -1e3f, -1e3f, -1e3f});
    const failure f = fails_alike<two_layers>(data, l1{}, sgd{.rate = 1e38}, {.epochs = 3, .batch = 1});
    CHECK(says(f.message, "step 2 has made the parameter ", "infinite"));
    const auto far = values({1, 2, 3, 4, 1e25f, -1e25f, 1, 2, 1, 2, 1, 2}, std::vector<float>(12, 1));
    // (The batches in flight have moved the statistics further, of a model that is lost anyway.)
    const failure g =
        failing_fit<normed, gpu_like>(far, mean_squared_error{}, sgd{.rate = 1e-3}, {.epochs = 1, .batch = 2});
    CHECK(g.steps == 3);
    CHECK(says(g.message, "step 3 has made the statistic 1.running_var infinite"));
}

TEST_CASE("steps in flight: what an exception leaves behind is forgotten, and a trainer goes on") {
    const auto run = [&]<class Policy>(Policy) {
        bool broken = true;
        model<several, Policy> net{seed{3}};
        strata::trainer trainer{net, cross_entropy{}, adam{}};
        const fit_options o{.epochs = 1, .batch = 5, .shuffle = false, .progress = false};
        CHECK_THROWS_AS(trainer.fit(unreadable{&broken}, o), std::runtime_error);
        CHECK(trainer.steps() == 7);
        broken = false;
        const auto e = trainer.evaluate(unreadable{&broken});
        trainer.fit(unreadable{&broken}, o);
        auto all = numbers_of(net);
        all.push_back(static_cast<float>(e.loss));
        return all;
    };
    CHECK(run(gpu_like{}) == run(prompt{}));
}

TEST_CASE("steps in flight: a checkpoint within an epoch holds what its step has left") {
    const auto run = [&]<class Policy>(Policy, bool interrupted) {
        const temporary_folder folder;
        const checkpoints files{.folder = folder / "run", .every_steps = 3, .resume = true};
        fit_options o{.epochs = 2, .batch = 5, .progress = false};
        history h;
        for (int part = interrupted ? 0 : 1; part < 2; ++part) {
            model<several, Policy> net{seed{3}};
            strata::trainer trainer{net, cross_entropy{}, adam{}};
            o.after_step = nullptr;
            if (part == 0) o.after_step = [](const step_report& r) { return r.step < 8; };
            h = trainer.fit(signs(61), o, files);
            if (part == 1) {
                auto all = numbers_of(net);
                for (const epoch_record& e : h.epochs) all.push_back(static_cast<float>(e.loss));
                return all;
            }
        }
        return std::vector<float>();
    };
    const auto expected = run(prompt{}, false);
    CHECK(run(gpu_like{}, false) == expected);
    CHECK(run(gpu_like{}, true) == expected);
}

TEST_CASE("steps in flight: gradients and an optimiser by hand") {
    const std::vector<float> x{1, 2, -1, 0.5f, -0.5f, 0.25f}, t{1, 0, 0, 1};
    const auto run = [&]<class Policy>(Policy) {
        model<several, Policy> net{seed{3}};
        auto step = gradients<wrt<parameters, input>>(net, cross_entropy{});
        auto product = gradients<wrt<parameters>>(net);
        optimiser by_hand{net, adam{}};
        std::vector<float> all;
        for (int i = 0; i < 6; ++i) {
            all.push_back(static_cast<float>(step(x, t)));
            by_hand.apply(net, step.gradients());
            for (const float d : step.input_gradient()) all.push_back(d);
            const auto y = product.forward(x);
            product.backward(std::vector<float>(y.begin(), y.end()));
            by_hand.add(product.gradients(), 0.1), by_hand.apply(net);
        }
        for (const float p : numbers_of(net)) all.push_back(p);
        return all;
    };
    CHECK(run(gpu_like{}) == run(prompt{}));
}

TEST_CASE("steps in flight: an optimiser by hand skips a gradient that is not finite, and says so within three steps") {
    auto net = of_ones<line, gpu_like>();
    const auto before = numbers_of(net);
    auto step = gradients<wrt<parameters>>(net, mean_squared_error{});
    optimiser by_hand{net, sgd{}};
    step(std::vector<float>{0}, std::vector<float>{1});
    by_hand.apply(net, step.gradients()); // a loss of zero: nothing moves
    CHECK(numbers_of(net) == before);
    const float none = 0;
    net.set(0, &none), net.set(1, &none);
    step(std::vector<float>{huge}, std::vector<float>{10});
    const auto message = message_of<not_finite_error>([&] {
        for (int i = 0; i < 4; ++i) by_hand.apply(net, step.gradients());
    });
    CHECK(says(message, "the gradient of step 2 is not finite", "0.weight"));
    CHECK(by_hand.steps() == 1);
    CHECK(numbers_of(net) == std::vector<float>(before.size(), 0.f));
}

TEST_CASE("steps in flight: a search for a rate leaves the model and the trainer as they were") {
    const auto run = [&]<class Policy>(Policy, bool broken) {
        bool unreadable_now = broken;
        model<several, Policy> net{seed{3}};
        strata::trainer trainer{net, cross_entropy{}, adam{}};
        trainer.fit(signs(40), {.epochs = 1, .batch = 5, .progress = false});
        const auto before = numbers_of(net);
        const learning_rate_finder finder{.highest = 1e30, .steps = 40};
        std::vector<float> all;
        try {
            for (const auto& p : finder.search(trainer, unreadable{&unreadable_now}, {.batch = 5}).points)
                all.push_back(static_cast<float>(p.loss));
        } catch (const std::runtime_error&) {
            CHECK(broken);
        }
        CHECK(numbers_of(net) == before);
        CHECK(trainer.steps() == 8);
        trainer.fit(signs(40), {.epochs = 1, .batch = 5, .progress = false});
        for (const float p : numbers_of(net)) all.push_back(p);
        return all;
    };
    CHECK(run(gpu_like{}, false) == run(prompt{}, false));
    CHECK(run(gpu_like{}, true) == run(prompt{}, true));
}
