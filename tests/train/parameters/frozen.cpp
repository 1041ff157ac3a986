/// Frozen layers: what is named stays as it is, whatever the optimiser does, and the rest trains as if they were data.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/reference/reference.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/metrics/top_k.hpp>
#include <strata/train/optimisers/adamw.hpp>
#include <strata/train/parameters/frozen.hpp>
#include <strata/train/trainer.hpp>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct backbone : network<image<2, 6, 6>, conv<4, 3>, batch_norm, relu, dropout<0.5>, flatten, dense<8>, sigmoid> {};
struct head : network<features<8>, dense<6>, tanh_activation, dense<3>> {};
struct whole
    : network<image<2, 6, 6>, named<"backbone", conv<4, 3>, batch_norm, relu, dropout<0.5>, flatten, dense<8>, sigmoid>,
              dense<6>, tanh_activation, dense<3>> {};

/// Three classes: which of three pixels is the brightest.
data::in_memory<> brightest(int n) {
    data::contents c;
    c.sample = shape(2, 6, 6);
    c.floats = random_numbers<float>(72LL * n, 5);
    c.classes = 3;
    for (int i = 0; i < n; ++i) {
        const float* const x = c.floats.data() + 72 * i;
        c.labels.push_back(x[0] > x[20] ? (x[0] > x[50] ? 0 : 2) : (x[20] > x[50] ? 1 : 2));
    }
    return data::in_memory<>(c);
}
template <class Model>
std::vector<typename Model::number> numbers_of(const Model& net, int i) {
    std::vector<typename Model::number> n(
        static_cast<std::size_t>(net.parameters()[static_cast<std::size_t>(i)].extents.size()));
    net.get(i, n.data());
    return n;
}
/// Which of the model's parameters and buffers are the same, a letter each.
template <class Model>
std::string unchanged(const Model& before, const Model& after) {
    std::string all;
    for (int i = 0; i < static_cast<int>(before.parameters().size()); ++i)
        all += numbers_of(before, i) == numbers_of(after, i) ? '=' : '!';
    return all;
}

template <class Policy>
void fit_with_a_frozen_backbone() {
    INFO(Policy::name);
    const auto data = brightest(60);
    model<whole, Policy> net{seed{1}};
    // Running statistics of something, then frozen.
    trainer{net, cross_entropy{}, adamw{}}.fit(data, {.epochs = 1, .progress = false});
    const model<whole, Policy> before = net;
    trainer trainer{net, cross_entropy{}, adamw{.rate = 0.01, .weight_decay = 0.5}, frozen<"backbone">{}};
    const history h = trainer.fit(
        data, {.epochs = 3, .batch = 16, .progress = false, .accumulate = 2, .clip_norm = 1, .average = 0.9});
    // conv and batch_norm (two parameters, two buffers) and dense of the backbone; then what trains.
    CHECK(unchanged(before, net) == "========!!!!");
    CHECK(unchanged(before, trainer.averaged()) == "========!!!!");
    CHECK(h.metric_names == std::vector<std::string>{"accuracy"});
}

} // namespace

TEST_CASE("a frozen layer keeps its bits, under weight decay and averaging too, and its running statistics") {
    fit_with_a_frozen_backbone<cpu>();
    fit_with_a_frozen_backbone<reference>();
}

TEST_CASE("the layers above frozen ones train as if those had made the data") {
    model<whole, reference, fp64> net{seed{1}};
    model<backbone, reference, fp64> below;
    model<head, reference, fp64> above;
    for (int i = 0; i < 8; ++i) below.set(i, numbers_of(net, i).data());
    for (int i = 0; i < 4; ++i) above.set(i, numbers_of(net, 8 + i).data());
    trainer a{net, cross_entropy{}, adam{}, frozen<0>{}};
    trainer b{above, cross_entropy{}, adam{}};
    for (std::uint64_t step = 0; step < 4; ++step) {
        const auto x = random_numbers<double>(11LL * 72, step), t = random_numbers<double>(11LL * 3, 50 + step);
        const double loss = b.step(below(x), t);
        CHECK(std::fabs(a.step(x, t) - loss) <= 1e-14);
    }
    // A folded batch_norm rounds in another order than one alone: the same numbers, up to some roundings in double.
    for (int i = 0; i < 4; ++i) {
        const auto here = numbers_of(net, 8 + i), there = numbers_of(above, i);
        for (std::size_t e = 0; e < here.size(); ++e) CHECK(std::fabs(here[e] - there[e]) <= 1e-12);
    }
}

TEST_CASE("layers are named by position as well, any number of them, and metrics come behind") {
    struct five : network<features<4>, dense<5>, relu, dense<5>, batch_norm, dense<2>> {};
    model<five> net{seed{1}};
    const model<five> before = net;
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 0.1, .weight_decay = 0.1}, frozen<3, 0>{}};
    const auto x = random_numbers<float>(6LL * 4, 1), t = random_numbers<float>(6LL * 2, 2);
    trainer.step(x, t);
    CHECK(unchanged(before, net) == "==!!====!!");

    model<whole> classes{seed{1}};
    strata::trainer with_metrics{classes, cross_entropy{}, adam{}, frozen<"backbone", 1>{}, top_k<2>{}, accuracy{}};
    const evaluation e = with_metrics.evaluate(brightest(20));
    CHECK(e.get<top_k<2>>().value() >= e.get<accuracy>().value());
    CHECK(e.metric == e.get<top_k<2>>().value());
}

namespace {
/// Two blocks of blocks: parameters 0 to 5 are of "stem" (conv1, norm1 with its buffers), 6 and 7 of "body", then head.
struct in_blocks
    : network<image<2, 6, 6>, named<"stem", named<"conv1", conv<4, 3>>, named<"norm1", batch_norm>, relu>,
              named<"body", sequence<conv<4, 3>, relu>>, flatten, named<"head", dense<6>, relu, dense<3>>> {};
template <class... What>
using trainer_of = decltype(trainer{std::declval<model<in_blocks, reference>&>(), cross_entropy{}, adam{}, What{}...});
/// The operations of a training step that come behind the network's and the loss's.
template <class... What>
constexpr int backward = [] {
    using plan = typename trainer_of<What...>::training_plan;
    return plan::steps - plan::data.forward_steps;
}();
} // namespace

TEST_CASE("layers within blocks are frozen by their paths") {
    const auto data = brightest(40);
    model<in_blocks> net{seed{1}};
    const model<in_blocks> before = net;
    const auto fitted = [&](auto what) {
        net = before;
        trainer trainer{net, cross_entropy{}, adamw{.rate = 0.01, .weight_decay = 0.5}, what};
        trainer.fit(data, {.epochs = 1, .batch = 10, .progress = false});
        return unchanged(before, net);
    };
    CHECK(fitted(frozen<"stem">{}) == "======!!!!!!");
    CHECK(fitted(frozen<"stem.conv1">{}) == "==!!!!!!!!!!");
    CHECK(fitted(frozen<"stem.norm1">{}) == "!!====!!!!!!"); // its running statistics too
    CHECK(fitted(frozen<"stem", "body.0", "head.0">{}) == "==========!!");
    CHECK(fitted(frozen<"head.2", 0>{}) == "======!!!!==");
}

TEST_CASE("frozen blocks cost no operation of the gradient and no byte of the optimiser's state") {
    // head: the gradients of two weights, of relu, and to the second layer's input.
    STATIC_REQUIRE(backward<frozen<"stem", "body">> == 4);
    // Also to the first layer's input; body: of relu and the weight, and the sums of weight and bias over the chunks.
    STATIC_REQUIRE(backward<frozen<"stem">> == 4 + 1 + 4);
    STATIC_REQUIRE(backward<frozen<"stem">> == backward<frozen<"stem.conv1", "stem.norm1">>);
    STATIC_REQUIRE(backward<frozen<"stem">> < backward<frozen<"stem.conv1">>);
    STATIC_REQUIRE(backward<frozen<"stem.conv1">> < backward<>);
    // Two floats of Adam for each number, in rows of 16: head 96 + 6, 18 + 3; body 144 + 4; norm1 4 + 4; conv1 72 + 4.
    STATIC_REQUIRE(trainer_of<frozen<"stem", "body">>::optimiser_bytes() == 2 * 4 * (96 + 16 + 32 + 16));
    STATIC_REQUIRE(trainer_of<frozen<"stem">>::optimiser_bytes() == 2 * 4 * (160 + 144 + 16));
    STATIC_REQUIRE(trainer_of<frozen<"stem.conv1">>::optimiser_bytes() == 2 * 4 * (320 + 16 + 16));
    STATIC_REQUIRE(trainer_of<>::optimiser_bytes() == 2 * 4 * (352 + 80 + 16));
    STATIC_REQUIRE(trainer_of<>::bytes(8) - trainer_of<frozen<"stem", "body">>::bytes(8) >= 2 * 4 * (448 - 160));
}

TEST_CASE("the optimiser's state is that of the trained parameters alone, wherever they are in the block") {
    // A frozen layer between two that train: each step as if the state were as large as the parameters.
    struct three : network<features<4>, dense<5>, tanh_activation, dense<7>, tanh_activation, dense<2>> {};
    model<three, reference, fp64> net{seed{1}};
    const model<three, reference, fp64> before = net;
    trainer trainer{net, mean_squared_error{}, adam{.rate = 0.01}, frozen<2>{}};
    const auto x = random_numbers<double>(6LL * 4, 1), t = random_numbers<double>(6LL * 2, 2);
    trainer.step(x, t);
    CHECK(unchanged(before, net) == "!!==!!");
    const auto of = [](const auto& block, const parameter_info& p, long long e) {
        return block[static_cast<std::size_t>(p.offset + e)];
    };
    for (const int i : {0, 1, 4, 5}) { // the first step of Adam is rate · g / (|g| + epsilon)
        const parameter_info& p = net.parameters()[static_cast<std::size_t>(i)];
        for (long long e = 0; e < p.extents.size(); ++e) {
            const double g = of(trainer.gradient_block(), p, e);
            CHECK(std::fabs(of(net.parameter_block(), p, e) - of(before.parameter_block(), p, e)
                            + 0.01 * g / (std::fabs(g) + 1e-8))
                  < 1e-12);
        }
    }
}

TEST_CASE("a run with frozen layers is resumed to the same bits, with the state of those that train") {
    const temporary_folder folder;
    const auto data = brightest(40);
    const auto fitted = [&](int epochs, const std::string& name, bool resume) {
        model<in_blocks> net{seed{1}};
        trainer trainer{net, cross_entropy{}, adam{.rate = 0.01}, frozen<"body">{}}; // stem and head: two stretches
        trainer.fit(data, {.epochs = epochs, .batch = 10, .progress = false},
                    checkpoints{.folder = folder / name, .resume = resume});
        return net;
    };
    const auto undisturbed = fitted(4, "undisturbed", false);
    (void)fitted(2, "resumed", false);
    CHECK(unchanged(undisturbed, fitted(4, "resumed", true)) == "============");
    CHECK(unchanged(undisturbed, model<in_blocks>{seed{1}}) == "!!!!!!==!!!!");

    // Those that were frozen have no state in the file: a run that trains them cannot be resumed from it.
    model<in_blocks> net{seed{1}};
    trainer all{net, cross_entropy{}, adam{.rate = 0.01}};
    CHECK(says(message_of<file_error>([&] {
                   all.fit(data, {.epochs = 5, .batch = 10, .progress = false},
                           checkpoints{.folder = folder / "resumed", .resume = true});
               }),
               "optimiser.0.body.0.weight: not in the file"));
}
