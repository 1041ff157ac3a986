/// The trainer against what is worked out by hand, on networks small enough for that: steps, fits, evaluations, errors.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"
#include "reciprocal.hpp"
#include "signs.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/reference/reference.hpp>
#include <strata/train/schedules/plateau.hpp>
#include <strata/train/trainer.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

// Memory that is not to be had is refused under the sanitizers too, and does not end the program.
extern "C" const char* __asan_default_options() { return "allocator_may_return_null=1"; }
extern "C" const char* __tsan_default_options() { return "allocator_may_return_null=1"; }

namespace {

struct tiny : network<features<3>, dense<2>> {};

/// In a sequence of two, which is layer 3 of 4.
struct regression : network<features<2>, dense<5>, tanh_activation, sequence<pass, reciprocal>, dense<2>> {};

/// A data set as step takes it, in a given order.
template <class Order>
std::pair<std::vector<float>, std::vector<float>> one_hot(const data::in_memory<>& all, const Order& order) {
    std::pair<std::vector<float>, std::vector<float>> both;
    for (const auto i : order) {
        std::array<float, 3> x{};
        data::class_index c;
        all.read(i, {}, x, c);
        both.first.insert(both.first.end(), x.begin(), x.end());
        both.second.push_back(c.value == 0 ? 1.0f : 0.0f);
        both.second.push_back(c.value == 1 ? 1.0f : 0.0f);
    }
    return both;
}
template <class Model>
std::vector<typename Model::number> parameters_of(const Model& net) {
    return {net.parameter_block().begin(), net.parameter_block().end()};
}

/// One step of softmax, cross-entropy and plain descent on y = W x + b, in double.
struct by_hand {
    std::vector<double> w, b;
    double loss = 0;
    void step(const std::vector<double>& x, const std::vector<int>& classes, double rate) {
        const auto samples = classes.size();
        std::vector<double> dw(6, 0.0), db(2, 0.0);
        loss = 0;
        for (std::size_t n = 0; n < samples; ++n) {
            double y[2], sum = 0;
            for (std::size_t k = 0; k < 2; ++k) {
                y[k] = b[k];
                for (std::size_t i = 0; i < 3; ++i) y[k] += w[3 * k + i] * x[3 * n + i];
                sum += std::exp(y[k]);
            }
            const auto wanted = static_cast<std::size_t>(classes[n]);
            loss += (std::log(sum) - y[wanted]) / static_cast<double>(samples);
            for (std::size_t k = 0; k < 2; ++k) {
                const double dy = (std::exp(y[k]) / sum - (k == wanted ? 1 : 0)) / static_cast<double>(samples);
                db[k] += dy;
                for (std::size_t i = 0; i < 3; ++i) dw[3 * k + i] += dy * x[3 * n + i];
            }
        }
        for (std::size_t i = 0; i < 6; ++i) w[i] -= rate * dw[i];
        for (std::size_t k = 0; k < 2; ++k) b[k] -= rate * db[k];
    }
};

const fit_options quietly{.epochs = 1, .batch = 4, .progress = false};

/// The worst distance of the elements of two lists.
template <class A, class B>
double apart(const A& a, const B& b) {
    double worst = a.size() == b.size() ? 0 : HUGE_VAL;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
        worst = std::fmax(worst, std::fabs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    return worst;
}

template <class Policy, class Precision>
void compare_with_hand(double bound) {
    using number = typename Precision::type;
    model<tiny, Policy, Precision> net{};
    by_hand hand{{0.5, -0.25, 0.125, -0.5, 0.75, 0.25}, {0.0625, -0.125}};
    const std::vector<number> w(hand.w.begin(), hand.w.end()), b(hand.b.begin(), hand.b.end());
    net.set(0, w.data()), net.set(1, b.data());
    trainer trainer{net, cross_entropy{}, sgd{.rate = 0.5}};
    const std::vector<double> x{1, 2, -1, 0.5, -0.5, 0.25, -2, 1, 3};
    const std::vector<int> classes{0, 1, 1};
    const std::vector<number> samples(x.begin(), x.end()), targets{1, 0, 0, 1, 0, 1};
    for (int step = 0; step < 10; ++step) {
        hand.step(x, classes, 0.5);
        CHECK(std::fabs(trainer.step(samples, targets) - hand.loss) <= bound);
        std::vector<number> now(6);
        net.get(0, now.data());
        CHECK(apart(now, hand.w) <= bound);
        now.resize(2);
        net.get(1, now.data());
        CHECK(apart(now, hand.b) <= bound);
    }
    CHECK(trainer.steps() == 10);
}

} // namespace

TEST_CASE("ten steps are what is worked out by hand") {
    // Ten steps of a dozen roundings of numbers around 1.
    compare_with_hand<cpu, fp64>(120 * 2.3e-16);
    compare_with_hand<reference, fp64>(120 * 2.3e-16);
    compare_with_hand<cpu, fp32>(120 * 1.2e-7);
}

TEST_CASE("fit is a step per batch, the last with what is left over, in an order that seed and epoch give") {
    const auto data = signs(10);
    for (const bool shuffle : {false, true}) {
        model<tiny> fitted{seed{3}}, stepped{seed{3}};
        trainer a{fitted, cross_entropy{}, adam{}}, b{stepped, cross_entropy{}, adam{}};
        fit_options options = quietly;
        options.epochs = 3, options.shuffle = shuffle;
        const history h = a.fit(data, options);
        REQUIRE(h.epochs.size() == 3);
        for (std::uint64_t epoch = 0; epoch < 3; ++epoch) {
            std::vector<std::size_t> order{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
            if (shuffle) order = data::permutation(10, seed{3}, epoch);
            double loss = 0;
            for (const std::size_t first : {0u, 4u, 8u}) {
                const std::size_t n = first == 8 ? 2 : 4;
                const auto [x, t] = one_hot(data, std::span(order).subspan(first, n));
                loss += b.step(x, t) * static_cast<double>(n);
            }
            CHECK(h.epochs[epoch].loss == loss / 10);
            CHECK(h.epochs[epoch].epoch == static_cast<int>(epoch) + 1);
        }
        CHECK(a.steps() == 9);
        CHECK(parameters_of(fitted) == parameters_of(stepped));
    }
}

TEST_CASE("fits go on where the last one ended") {
    const auto data = signs(10);
    model<tiny> at_once{seed{4}}, in_parts{seed{4}};
    trainer a{at_once, cross_entropy{}, adam{}}, b{in_parts, cross_entropy{}, adam{}};
    a.fit(data, {.epochs = 4, .batch = 4, .progress = false});
    for (const int epochs : {1, 3}) b.fit(data, {.epochs = epochs, .batch = 4, .progress = false});
    CHECK(parameters_of(at_once) == parameters_of(in_parts));
}

TEST_CASE("the schedule is a rate factor, over the progress of the fit") {
    const auto data = signs(12);
    static std::vector<double> asked;
    const schedule_function note = [](double progress) {
        asked.push_back(progress);
        return 0.5;
    };
    asked.clear();
    model<tiny> scheduled{seed{5}}, half{seed{5}};
    trainer a{scheduled, cross_entropy{}, sgd{.rate = 0.5}}, b{half, cross_entropy{}, sgd{.rate = 0.25}};
    a.fit(data, {.epochs = 2, .batch = 4, .schedule = note, .progress = false});
    b.fit(data, {.epochs = 2, .batch = 4, .progress = false});
    CHECK(parameters_of(scheduled) == parameters_of(half));
    REQUIRE(asked.size() == 6);
    for (std::size_t i = 0; i < 6; ++i)
        CHECK(asked[i] == Approx(static_cast<double>(i) / 6)); // a sixth of the fit each
}

TEST_CASE("the schedule is told epoch, step and the loss of the epoch before") {
    const auto data = signs(10), held_out = signs(6);
    std::vector<schedule_point> asked;
    const auto note = [&asked](const schedule_point& at) {
        asked.push_back(at);
        return 1.0;
    };
    model<tiny> net{seed{5}};
    trainer trainer{net, cross_entropy{}, sgd{.rate = 0.5}};
    for (const bool with_held_out : {false, true}) {
        asked.clear();
        const fit_options options{.epochs = 3, .batch = 4, .schedule = note, .progress = false};
        const history h = with_held_out ? trainer.fit(data, held_out, options) : trainer.fit(data, options);
        REQUIRE(asked.size() == 9); // batches of 4, 4 and 2, three times
        for (std::size_t i = 0; i < 9; ++i) {
            CHECK(asked[i].step == static_cast<std::int64_t>(i));
            CHECK(asked[i].steps == 9);
            CHECK(asked[i].epoch == static_cast<int>(i / 3));
            CHECK(asked[i].epochs == 3);
            if (i < 3) CHECK(asked[i].loss != asked[i].loss); // none yet
            else if (with_held_out) CHECK(asked[i].loss == h.epochs.at(i / 3 - 1).held_out_loss);
            else CHECK(asked[i].loss == h.epochs.at(i / 3 - 1).loss);
        }
        CHECK(asked[4].progress == Approx((1 + 0.4) / 3)); // by samples
    }
}

TEST_CASE("plateau in a fit: reduces the rate where the loss stays, and every fit begins anew") {
    const auto data = signs(8);
    std::vector<double> factors;
    const fit_options options{
        .epochs = 4,
        .batch = 8,
        .schedule =
            [&factors, inner = plateau{.factor = 0.5, .patience = 0}](const schedule_point& at) mutable {
                factors.push_back(inner(at));
                return factors.back();
            },
        .shuffle = false, // the same sums
        .progress = false};
    model<tiny> net{seed{5}};
    trainer trainer{net, cross_entropy{}, sgd{.rate = 1e-30}}; // nothing moves
    for (int fit = 1; fit <= 2; ++fit) {
        factors.clear();
        trainer.fit(data, options);
        CHECK(factors == std::vector<double>{1, 1, 0.5, 0.25});
    }
}

TEST_CASE("evaluate counts what the model gets right, and its loss, over more than one batch of its own") {
    const int n = 300; // evaluated as 256 and 44
    const auto data = signs(n);
    model<tiny> net{seed{6}};
    trainer trainer{net, cross_entropy{}, adam{}};
    const auto before = parameters_of(net);
    const evaluation e = trainer.evaluate(data);
    CHECK(parameters_of(net) == before);
    int right = 0;
    double loss = 0;
    for (int i = 0; i < n; ++i) {
        std::vector<float> x(3);
        data::class_index c;
        data.read(static_cast<std::size_t>(i), {}, x, c);
        const auto y = net(x);
        right += (y[1] > y[0]) == (c.value == 1) ? 1 : 0;
        const double other =
            static_cast<double>(y[c.value == 1 ? 0u : 1u]) - static_cast<double>(y[c.value == 1 ? 1u : 0u]);
        loss += std::log1p(std::exp(other)) / n;
    }
    CHECK(right > 0);
    CHECK(right < n);
    CHECK(e.metric == static_cast<double>(right) / n);
    CHECK(std::fabs(e.loss - loss) <= 1e-6); // means of float losses around 1
    CHECK(trainer.steps() == 0);

    // With a rate of nothing, what fit reports of an epoch is what evaluate says.
    const history h =
        trainer.fit(data, data, {.epochs = 1, .batch = 7, .schedule = [](double) { return 0.0; }, .progress = false});
    CHECK(parameters_of(net) == before);
    CHECK(h.epochs.at(0).metric == e.metric);
    CHECK(std::fabs(h.epochs.at(0).loss - e.loss) <= 1e-6);
    CHECK(h.epochs.at(0).has_held_out);
    CHECK(h.epochs.at(0).held_out_metric == e.metric);
    CHECK(h.epochs.at(0).held_out_loss == e.loss);
    CHECK(h.epochs.at(0).seconds >= 0);
}

TEST_CASE("policies and precisions learn the same") {
    const auto data = signs(50);
    const auto learn = [&]<class Policy, class Precision>(Policy, Precision) {
        model<tiny, Policy, Precision> net{seed{7}};
        trainer trainer{net, cross_entropy{}, sgd{.rate = 0.3, .momentum = 0.9}};
        const history h = trainer.fit(data, {.epochs = 20, .batch = 8, .progress = false});
        CHECK(h.epochs.back().loss < 0.5 * h.epochs.front().loss);
        CHECK(h.epochs.back().metric >= 0.9);
        std::vector<typename Precision::type> w(6);
        net.get(0, w.data());
        return w;
    };
    const auto expected = learn(reference{}, fp64{});
    // 140 steps, each a rounding of weights up to 8; the minimum they fall to is the same.
    CHECK(apart(learn(cpu{}, fp32{}), expected) <= 140 * 8 * 1.2e-7);
    CHECK(apart(learn(cpu{}, fp64{}), expected) <= 140 * 8 * 2.3e-16);
}

TEST_CASE("mean_squared_error learns targets that are values") {
    data::contents c;
    c.sample = shape(2), c.target = shape(2);
    c.floats = random_numbers<float>(2 * 40, 12);
    for (std::size_t i = 0; i < 40; ++i) {
        const float x = c.floats[2 * i], y = c.floats[2 * i + 1];
        c.targets.push_back(0.5f * x - y + 0.25f);
        c.targets.push_back(x + y);
    }
    const data::in_memory<data::values> data(c);
    struct linear : network<features<2>, dense<2>> {};
    model<linear> net{seed{8}};
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 0.3}};
    const evaluation before = trainer.evaluate(data);
    const history h = trainer.fit(data, data, {.epochs = 60, .batch = 16, .progress = false});
    const evaluation after = trainer.evaluate(data);
    CHECK(before.loss > 0.01);
    CHECK(after.loss < 1e-8); // a linear function of two numbers is found exactly, up to rounding
    CHECK(h.epochs.back().held_out_loss == after.loss);
    CHECK(after.metric != after.metric); // there is nothing to count
    CHECK(h.epochs.back().metric != h.epochs.back().metric);
    std::vector<float> w(4), b(2);
    net.get(0, w.data()), net.get(1, b.data());
    CHECK(apart(w, std::vector<double>{0.5, -1, 1, 1}) <= 1e-3);
    CHECK(apart(b, std::vector<double>{0.25, 0}) <= 1e-3);
}

// ---- errors ---------------------------------------------------------------------------------------------------------

TEST_CASE("data that do not fit are refused by both shapes, before anything is learnt") {
    model<tiny> net{seed{1}};
    trainer trainer{net, cross_entropy{}, adam{}};
    const auto before = parameters_of(net);
    const auto labelled = [](shape sample, int samples, int classes) {
        data::contents c;
        c.sample = sample;
        c.floats.assign(static_cast<std::size_t>(sample.size() * samples), 0.0f);
        c.labels.assign(static_cast<std::size_t>(samples), 0);
        c.classes = classes;
        return data::in_memory<>(c);
    };
    const auto good = signs(8), images = labelled(shape(1, 3, 1), 4, 2), of_five = labelled(shape(3), 4, 5),
               none = labelled(shape(3), 0, 2);
    const auto refusal = [&](auto action) { return message_of<shape_error>(action); };
    CHECK(says(refusal([&] { trainer.fit(images, quietly); }), "training data", "[1, 3, 1]", "[3]"));
    CHECK(says(refusal([&] { trainer.fit(good, images, quietly); }), "held-out data", "[1, 3, 1]", "[3]"));
    CHECK(says(refusal([&] { (void)trainer.evaluate(images); }), "evaluated data", "[1, 3, 1]", "[3]"));
    CHECK(says(refusal([&] { trainer.fit(of_five, quietly); }), "5 classes", "[2]", "dense<5>"));
    CHECK(says(refusal([&] { trainer.fit(none, quietly); }), "training data set is empty"));
    data::contents values;
    values.sample = shape(3), values.target = shape(1);
    values.floats.assign(6, 0.0f), values.targets.assign(2, 0.0f);
    CHECK(says(refusal([&] { trainer.fit(data::in_memory<data::values>(values), quietly); }), "targets [1]",
               "takes [2]"));
    const std::vector<float> five(5), three(3), two(2);
    CHECK(says(refusal([&] { trainer.step(five, two); }), "5 sample numbers", "2 target numbers", "[3]", "[2]"));
    CHECK(says(refusal([&] { trainer.step(three, three); }), "3 sample numbers", "3 target numbers"));
    CHECK(says(refusal([&] { trainer.step({}, {}); }), "0 sample numbers"));
    CHECK(message_of<error>([&] { trainer.fit(good, {.epochs = 0, .progress = false}); })
          == "strata: fit was given 0 epochs. Use at least 1.");
    CHECK(message_of<error>([&] { trainer.fit(good, {.batch = 0, .progress = false}); })
          == "strata: fit was given batches of 0 samples. Use at least 1.");
    CHECK(says(message_of<error>([&] { strata::trainer wrong{net, cross_entropy{}, sgd{.rate = -1}}; }), "sgd",
               "learning rate"));
    CHECK(trainer.steps() == 0);
    CHECK(parameters_of(net) == before);
}

TEST_CASE("a loss that is not finite names the sample, the target or the parameter that is not") {
    constexpr float nan = std::numeric_limits<float>::quiet_NaN(), inf = std::numeric_limits<float>::infinity();
    model<tiny> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{.rate = 0.1}};
    std::vector<float> x(12, 0.5f), t{1, 0, 0, 1, 1, 0, 0, 1};
    trainer.step(x, t);
    const auto before = parameters_of(net);
    const auto complaint = [&] { return message_of<error>([&] { trainer.step(x, t); }); };
    x[7] = nan;
    CHECK(says(complaint(), "step 2", "not finite", "sample 2 of the batch", "learning rate"));
    x[7] = 0.5f, t[3] = inf;
    CHECK(says(complaint(), "target of sample 1"));
    CHECK(parameters_of(net) == before); // the step was not taken
    t[3] = 1;
    const std::vector<float> broken{0, nan};
    net.set(1, broken.data());
    CHECK(says(complaint(), "the parameter 0.bias"));
    CHECK(trainer.steps() == 1);
}

TEST_CASE("a loss that is not finite names the operation that broke and its layer") {
    // Weights of zero give the reciprocal a zero.
    model<regression> net{seed{1}};
    for (float& p : net.parameter_block()) p = 0;
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 0.1}};
    const std::vector<float> x(4, 0.5f), t(4, 1.0f);
    const auto message = message_of<error>([&] { trainer.step(x, t); });
    CHECK(says(message, "step 1", "the operation elementwise of layer 3 of 4, sublayer 2 of 2, reciprocal",
               "is the first"));
}

TEST_CASE("a rate too large is found out, and said so") {
    model<regression> net{seed{2}};
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 1e30}};
    const auto x = random_numbers<float>(8, 3), t = random_numbers<float>(8, 4);
    const auto message = message_of<error>([&] {
        for (int step = 0; step < 10; ++step) trainer.step(x, t);
    });
    CHECK(says(message, "is not finite", "lower the learning rate"));
    // It is either a parameter that overflowed or the operation over it.
    CHECK((message.find("the parameter ") != std::string::npos || message.find("the operation ") != std::string::npos));
    CHECK(trainer.steps() < 5);
}

namespace {

/// A billion samples that nobody reads.
struct endless {
    using target_type = data::class_index;
    static constexpr int samples = 1'000'000'000;
    static std::size_t size() { return samples; }
    static shape sample_shape() { return shape(3); }
    static int classes() { return 2; }
    static void read(std::size_t, data::key, std::span<float>, data::class_index&) {
        throw std::logic_error("a sample was read");
    }
};
struct wide : network<features<3>, dense<50'000>, relu, dense<2>> {};

} // namespace

TEST_CASE("a fit that asks for more memory than there is leaves a trainer that works") {
    // No system maps 2^48 bytes for a program, whatever it promises beyond its memory: they are refused at once.
    using wide_trainer = trainer<wide, cpu, fp32, cross_entropy, sgd>;
    STATIC_REQUIRE(sizeof(void*) == 8);
    STATIC_REQUIRE(wide_trainer::bytes(endless::samples) > 1LL << 48);
    model<wide> net{seed{3}}, other_net{seed{3}};
    trainer trainer{net, cross_entropy{}, sgd{.rate = 0.01}}, other{other_net, cross_entropy{}, sgd{.rate = 0.01}};
    const auto x = random_numbers<float>(4 * 3, 5);
    const std::vector<float> t{1, 0, 0, 1, 1, 0, 0, 1};
    CHECK(trainer.step(x, t) == other.step(x, t));

    for (int time = 0; time < 2; ++time) {
        const auto message = message_of<error>([&] {
            trainer.fit(endless{}, {.epochs = 1, .batch = endless::samples, .shuffle = false, .progress = false});
        });
        CHECK(says(message, "bytes of memory", "Use a smaller batch"));
    }
    CHECK(trainer.steps() == 1);

    const double loss = trainer.step(x, t); // of the size there was room for before
    CHECK(std::isfinite(loss));
    CHECK(loss == other.step(x, t));
    CHECK(parameters_of(net) == parameters_of(other_net));
    CHECK(std::isfinite(trainer.evaluate(signs(300)).loss));
    CHECK(std::isfinite(trainer.fit(signs(10), quietly).epochs.at(0).loss));
}
