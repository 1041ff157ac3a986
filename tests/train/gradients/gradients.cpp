/// Gradients asked for by hand: against central differences and PyTorch, chained over two models, in loops of one's
/// own.
#include "../../model/allocations.hpp"
#include "catch.hpp"
#include "files.hpp"
#include "pytorch/pytorch_case.hpp"
#include "pytorch/pytorch_nets.hpp"
#include "random_numbers.hpp"
#include "same_numbers.hpp"

#include <strata/gradients.hpp>
#include <strata/layers.hpp>
#include <strata/reference/reference.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/losses/mean_squared_error.hpp>
#include <strata/train/optimisers/adam.hpp>
#include <strata/train/optimisers/sgd.hpp>
#include <strata/train/trainer.hpp>

#include <limits>
#include <utility>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct of_dense : network<features<5>, dense<7>, tanh_activation, dense<3>> {};
struct of_conv : network<image<4, 7, 6>, conv<6, 3, groups<2>, stride<2>, padding<1>>, sigmoid, conv<3, kernel(2, 1)>,
                         flatten, dense<2>> {};
struct of_pools : network<image<3, 7, 6>, max_pool<2, ceil_mode>, conv<4, 2>, avg_pool<2>> {}; // an image comes out
struct of_norms : network<image<2, 4, 4>, conv<3, 2, no_bias>, batch_norm, sigmoid, flatten, dense<4>, batch_norm,
                          tanh_activation, dense<2>> {};

template <class Number>
std::vector<Number> copy_of(std::span<const Number> numbers) {
    return {numbers.begin(), numbers.end()};
}
template <class Model>
auto parameters_of_model(const Model& net) {
    return copy_of(std::span<const typename Model::number>(net.parameter_block()));
}
template <class Model>
auto buffers_of_model(const Model& net) {
    return copy_of(std::span<const typename Model::number>(net.buffer_block()));
}

/// The slope of `loss()` along each number that `number(e)` refers to.
template <class Number, class Loss>
std::vector<double> slopes(std::size_t count, Number number, Loss loss) {
    constexpr double step = 1e-6; // its square, the curvature, and the rounding of the loss over it are both some 1e-10
    std::vector<double> n;
    for (std::size_t e = 0; e < count; ++e) {
        double& x = number(e);
        const double centre = x;
        x = centre + step;
        const double above = loss();
        x = centre - step;
        const double below = loss();
        x = centre;
        n.push_back((above - below) / (2 * step));
    }
    return n;
}
constexpr double bound_of_slopes = 1e-6;

double dot(std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

/// A model whose running statistics are those of something.
template <class Net, class Policy>
model<Net, Policy, fp64> used_model(const std::vector<double>& x) {
    model<Net, Policy, fp64> net{seed{3}};
    auto step = gradients<wrt<parameters>>(net);
    for (int i = 0; i < 5; ++i) step.forward(x);
    return net;
}

template <class Net, class Policy>
void compare_with_differences() {
    INFO(Policy::name);
    constexpr long long batch = 5;
    using Model = model<Net, Policy, fp64>;
    auto x = spread_numbers<double>(batch * Model::input_size, 1);
    const auto t = random_numbers<double>(batch * Model::output_size, 2);
    Model net = used_model<Net, Policy>(x);

    auto step = gradients<wrt<parameters, input>>(net, mean_squared_error{});
    const auto loss = [&] { return step(x, t); };
    loss();
    const auto to_input = copy_of(step.input_gradient());
    CHECK(
        distance(to_input, slopes(x.size(), [&](std::size_t e) -> double& { return x[e]; }, loss)) <= bound_of_slopes);
    for (int i = 0; i < static_cast<int>(net.parameters().size()); ++i) {
        if (net.parameters()[static_cast<std::size_t>(i)].where != storage::parameter) continue;
        loss();
        std::vector<double> w(static_cast<std::size_t>(net.parameters()[static_cast<std::size_t>(i)].extents.size())),
            to_parameter(w.size());
        net.get(i, w.data());
        step.get(i, to_parameter.data());
        const auto moved_loss = [&] {
            net.set(i, w.data());
            return step(x, t);
        };
        CHECK(distance(to_parameter, slopes(
                                         w.size(), [&](std::size_t e) -> double& { return w[e]; }, moved_loss))
              <= bound_of_slopes);
        net.set(i, w.data());
    }

    // The same of a given gradient of the output, in training and in inference.
    const auto compare_products = [&](auto product) {
        const auto value = [&] { return dot(product.forward(x), t); };
        value();
        product.backward(t);
        const auto gradient = copy_of(product.input_gradient());
        CHECK(distance(gradient, slopes(
                                     x.size(), [&](std::size_t e) -> double& { return x[e]; }, value))
              <= bound_of_slopes);
        return gradient;
    };
    const auto in_training = compare_products(gradients<wrt<input>>(net));
    const auto before = buffers_of_model(net);
    const auto in_inference = compare_products(gradients<wrt<input>>(std::as_const(net)));
    CHECK(buffers_of_model(net) == before);
    CHECK((in_training == in_inference) == before.empty()); // batch_norm tells the modes apart

    // And of a loss in inference, where the loss is that of the model's results.
    auto attribution = gradients<wrt<input>>(std::as_const(net), mean_squared_error{});
    const auto loss_in_inference = [&] { return attribution(x, t); };
    const double at_x = loss_in_inference();
    const auto of_loss = copy_of(attribution.input_gradient());
    CHECK(distance(of_loss, slopes(
                                x.size(), [&](std::size_t e) -> double& { return x[e]; }, loss_in_inference))
          <= bound_of_slopes);
    const auto y = net(x);
    double expected = 0;
    for (std::size_t i = 0; i < y.size(); ++i)
        expected += (y[i] - t[i]) * (y[i] - t[i]) / static_cast<double>(y.size());
    CHECK(std::fabs(at_x - expected) <= 1e-12);
}

template <class Net, class Policy>
void compare_with_pytorch() {
    const pytorch_case torch(Net::file);
    INFO(torch.text("case") << ", " << Policy::name);
    model<Net, Policy, fp64> net;
    for (int i = 0; i < static_cast<int>(net.parameters().size()); ++i)
        net.set(i, torch[std::string(description<Net>::name(i))].values.data());
    auto product = gradients<wrt<input>, wrt<parameters>>(net);
    const auto y = product.forward(torch["input"].values);
    product.backward(torch["loss.weight"].values);
    // Both in double: what remains is the order of sums.
    CHECK(distance(copy_of(y), torch["output"].values) <= 1e-9);
    CHECK(distance(copy_of(product.input_gradient()), torch["gradient.input"].values) <= 1e-9);
    for (int i = 0; i < static_cast<int>(net.parameters().size()); ++i) {
        const std::string name = "gradient." + std::string(description<Net>::name(i));
        if (net.parameters()[static_cast<std::size_t>(i)].where != storage::parameter) continue;
        std::vector<double> dw(torch[name].values.size());
        product.get(i, dw.data());
        CHECK(distance(dw, torch[name].values) <= 1e-9);
    }
}

struct first_half : network<image<2, 4, 5>, conv<3, 3, same>, tanh_activation> {};
struct second_half : network<image<3, 4, 5>, conv<4, 3>, batch_norm, leaky_relu<>, flatten, dense<3>> {};
struct both_halves : network<image<2, 4, 5>, conv<3, 3, same>, tanh_activation, conv<4, 3>, batch_norm, leaky_relu<>,
                             flatten, dense<3>> {};

/// The loss and all gradients of two models in a row, less those of one that is both, as `distance`.
template <class Policy, class Precision>
double chained_against_joined() {
    using number = typename Precision::type;
    model<first_half, Policy, Precision> first{seed{1}};
    model<second_half, Policy, Precision> second{seed{2}};
    model<both_halves, Policy, Precision> joined;
    const int of_first = static_cast<int>(first.parameters().size()),
              all = static_cast<int>(joined.parameters().size());
    REQUIRE(of_first + static_cast<int>(second.parameters().size()) == all);
    const auto numbers_of = [](const auto& net, int i) {
        std::vector<number> n(static_cast<std::size_t>(net.parameters()[static_cast<std::size_t>(i)].extents.size()));
        net.get(i, n.data());
        return n;
    };
    for (int i = 0; i < all; ++i) {
        const auto n = i < of_first ? numbers_of(first, i) : numbers_of(second, i - of_first);
        joined.set(i, n.data());
    }
    const auto z = random_numbers<number>(20LL * 40, 1), t = random_numbers<number>(20LL * 3, 2);
    auto a = gradients<wrt<parameters>, wrt<input>>(first);
    auto b = gradients<wrt<parameters>, wrt<input>>(second, mean_squared_error{});
    auto one = gradients<wrt<parameters>, wrt<input>>(joined, mean_squared_error{});
    const double loss = b(a.forward(z), t);
    a.backward(b.input_gradient());
    const double loss_of_joined = one(z, t);

    double worst = std::fabs(loss - loss_of_joined);
    worst = std::fmax(worst, distance(copy_of(a.input_gradient()), copy_of(one.input_gradient())));
    CHECK(copy_of(a.input_gradient()).size() == z.size());
    for (int i = 0; i < all; ++i) {
        if (joined.parameters()[static_cast<std::size_t>(i)].where != storage::parameter) continue;
        auto of_chain = numbers_of(joined, i), of_joined = of_chain;
        if (i < of_first) a.get(i, of_chain.data());
        else b.get(i - of_first, of_chain.data());
        one.get(i, of_joined.data());
        worst = std::fmax(worst, distance(of_chain, of_joined));
    }
    return worst;
}

struct with_states : network<features<6>, dense<9>, batch_norm, leaky_relu<>, dropout<0.3>, dense<4>> {};

template <class Policy>
void compare_loops() {
    INFO(Policy::name);
    model<with_states, Policy> by_trainer{seed{4}, Policy{.threads = 2}}, by_hand{seed{4}};
    trainer trainer{by_trainer, cross_entropy{}, adam{.rate = 0.01, .weight_decay = 0.1}};
    auto step = gradients<wrt<parameters>>(by_hand, cross_entropy{});
    optimiser opt{by_hand, adam{.rate = 0.01, .weight_decay = 0.1}};
    for (std::uint64_t i = 0; i < 6; ++i) {
        const long long batch = i == 3 ? 5 : 17;
        const auto x = random_numbers<float>(batch * 6, i), t = random_numbers<float>(batch * 4, 100 + i);
        const double loss = trainer.step(x, t);
        CHECK(step(x, t) == loss);
        opt.apply(by_hand, step.gradients());
        CHECK(parameters_of_model(by_trainer) == parameters_of_model(by_hand));
        CHECK(buffers_of_model(by_trainer) == buffers_of_model(by_hand));
    }
    CHECK(opt.steps() == 6);
}

/// x + (x + W x), without a bias: the given gradient v of the output comes back twice as it is, and once as Wᵀ v.
struct summed : network<features<4>, residual<residual<dense<4, no_bias>>>> {};
template <class Policy>
void compare_sums() {
    INFO(Policy::name);
    model<summed, Policy, fp64> net{seed{3}};
    std::vector<double> w(16);
    net.get(0, w.data());
    const auto x = random_numbers<double>(3 * 4, 1), v = random_numbers<double>(3 * 4, 2);
    auto product = gradients<wrt<input>>(net);
    product.forward(x);
    product.backward(v);
    auto expected = v;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        expected[i] = 2 * v[i];
        for (std::size_t u = 0; u < 4; ++u) expected[i] += w[u * 4 + i % 4] * v[i / 4 * 4 + u];
    }
    CHECK(distance(copy_of(product.input_gradient()), expected) <= 1e-14);
}

struct tall : network<features<3>, named<"body", dense<5>, relu>, dense<4>, named<"head", dense<2>>> {};

} // namespace

TEMPLATE_TEST_CASE("gradients by hand are central differences", "[train]", of_dense, of_conv, of_pools, of_norms) {
    compare_with_differences<TestType, reference>();
    compare_with_differences<TestType, cpu>();
}

TEMPLATE_TEST_CASE("gradients by hand are PyTorch's, in its layout", "[train]", pytorch::conv_groups_net,
                   pytorch::conv_stride_dilation_net, pytorch::max_pool_ceil_net, pytorch::batch_norm_image_net) {
    compare_with_pytorch<TestType, reference>();
    compare_with_pytorch<TestType, cpu>();
}

TEST_CASE("a given gradient that reaches a value twice is added up, for every sample") {
    compare_sums<reference>();
    compare_sums<cpu>();
}

TEST_CASE("two models in a row have the gradients of one that is both") {
    CHECK(chained_against_joined<reference, fp64>() == 0);
    CHECK(chained_against_joined<reference, fp32>() == 0);
    // The images between them change places twice more, which no sum does; were an order of sums to differ, a sum of
    // some hundred products would be off by some ten roundings.
    CHECK(chained_against_joined<cpu, fp64>() <= 10 * std::numeric_limits<double>::epsilon());
    CHECK(chained_against_joined<cpu, fp32>() <= 10 * static_cast<double>(std::numeric_limits<float>::epsilon()));
}

TEST_CASE("a loop by hand gives the bits of trainer.step, running statistics and dropout included") {
    compare_loops<cpu>();
    compare_loops<reference>();
}

TEST_CASE("gradients are added up, weighted") {
    const auto x = random_numbers<double>(8LL * 3, 1), t = random_numbers<double>(8LL * 2, 2);
    model<tall, cpu, fp64> at_once{seed{1}}, in_halves = at_once, twice_half = at_once;
    auto whole = gradients<wrt<parameters>>(at_once, mean_squared_error{});
    auto part = gradients<wrt<parameters>>(in_halves, mean_squared_error{});
    auto same = gradients<wrt<parameters>>(twice_half, mean_squared_error{});
    optimiser a{at_once, sgd{.rate = 0.5, .momentum = 0.9}}, b{in_halves, sgd{.rate = 0.5, .momentum = 0.9}},
        c{twice_half, sgd{.rate = 0.5, .momentum = 0.9}};
    for (int step = 0; step < 3; ++step) {
        whole(x, t);
        a.apply(at_once, whole.gradients());
        for (const std::size_t half : {0u, 1u}) {
            part(std::span(x).subspan(half * 12, 12), std::span(t).subspan(half * 8, 8));
            b.add(part.gradients(), 0.5);
        }
        b.apply(in_halves);
        same(x, t);
        for (int half = 0; half < 2; ++half) c.add(same.gradients(), 0.5);
        c.apply(twice_half);
    }
    CHECK(distance(parameters_of_model(in_halves), parameters_of_model(at_once)) <= 1e-14); // sums in another order
    CHECK(parameters_of_model(twice_half) == parameters_of_model(at_once));
    CHECK(message_of<error>([&] { b.apply(in_halves); }).find("an empty sum of gradients") != std::string::npos);
}

TEST_CASE("a sum of gradients outlives the steps that gave them") {
    model<tall> net{seed{1}}, other{seed{1}};
    optimiser opt{net, sgd{.rate = 0.5}}, one{other, sgd{.rate = 0.5}};
    const auto x = random_numbers<float>(2 * 3, 1), t = random_numbers<float>(2 * 2, 2);
    for (int i = 0; i < 2; ++i) {
        auto step = gradients<wrt<parameters>>(net, mean_squared_error{});
        step(x, t);
        opt.add(step.gradients(), 0.5);
    }
    opt.apply(net);
    auto step = gradients<wrt<parameters>>(other, mean_squared_error{});
    step(x, t);
    one.apply(other, step.gradients());
    CHECK(parameters_of_model(net) == parameters_of_model(other));
}

TEST_CASE("only the parameters that are named have gradients, and only they move") {
    const auto x = random_numbers<float>(7LL * 3, 1), t = random_numbers<float>(7LL * 2, 2);
    model<tall> net{seed{2}};
    auto all = gradients<wrt<parameters>>(net, mean_squared_error{});
    auto some = gradients<wrt<parameters_of<"head", 0>>, wrt<input>>(net, mean_squared_error{});
    CHECK(all(x, t) == some(x, t));
    for (int i = 0; i < 6; ++i) { // body, the layer between, head
        INFO(description<tall>::name(i));
        std::vector<float> before(
            static_cast<std::size_t>(net.parameters()[static_cast<std::size_t>(i)].extents.size())),
            after = before, expected = before;
        some.get(i, after.data());
        all.get(i, expected.data());
        if (i == 2 || i == 3) CHECK(after == before); // zeros
        else CHECK(after == expected);
        if (i != 2 && i != 3) CHECK(after != before);
    }
    const auto numbers_of = [&](int i) {
        std::vector<float> n(static_cast<std::size_t>(net.parameters()[static_cast<std::size_t>(i)].extents.size()));
        net.get(i, n.data());
        return n;
    };
    const auto weight = numbers_of(2), bias = numbers_of(3), first = numbers_of(0), last = numbers_of(4);
    optimiser opt{net, adam{.weight_decay = 0.5}};
    opt.apply(net, some.gradients());
    CHECK(numbers_of(2) == weight);
    CHECK(numbers_of(3) == bias);
    CHECK(numbers_of(0) != first);
    CHECK(numbers_of(4) != last);
    opt.add(some.gradients());
    CHECK(message_of<error>([&] { opt.add(all.gradients()); }).find("different parameters") != std::string::npos);
}

TEST_CASE("threads change no bit of an input gradient") {
    const auto x = random_numbers<float>(40LL * 168, 1), t = random_numbers<float>(40LL * 2, 2);
    const auto gradient = [&](int threads) {
        model<of_conv> net{seed{1}, cpu{.threads = threads}};
        auto step = gradients<wrt<input>>(net, mean_squared_error{});
        step(x, t);
        return copy_of(step.input_gradient());
    };
    CHECK(gradient(1) == gradient(3));
}

TEST_CASE("after the first step of a size nothing is allocated") {
    model<of_norms> net{seed{1}};
    model<second_half> other{seed{1}};
    auto step = gradients<wrt<parameters, input>>(net, mean_squared_error{});
    auto product = gradients<wrt<parameters, input>>(other);
    optimiser opt{net, adam{}};
    const auto x = random_numbers<float>(9LL * 32, 1), t = random_numbers<float>(9LL * 2, 2),
               image = random_numbers<float>(9LL * 60, 3), dy = random_numbers<float>(9LL * 3, 4);
    step.reserve(9), product.reserve(9);
    double sum = 0;
    const auto everything = [&] {
        sum += step(x, t) + static_cast<double>(step.input_gradient()[0]);
        opt.apply(net, step.gradients());
        opt.add(step.gradients(), 0.5);
        opt.apply(net);
        sum += static_cast<double>(product.forward(image)[0]);
        product.backward(dy);
        sum += static_cast<double>(product.input_gradient()[0]);
    };
    everything();
    const long long before = allocations();
    for (int i = 0; i < 5; ++i) everything();
    CHECK(allocations() == before);
    step.reserve(10);
    CHECK(allocations() > before); // they are counted
    CHECK(sum == sum);
}

TEST_CASE("two networks against each other: the one learns to make what the other is shown") {
    struct maker : network<features<2>, dense<16>, tanh_activation, dense<2>> {};
    struct judge : network<features<2>, dense<24>, leaky_relu<0.2>, dense<24>, leaky_relu<0.2>, dense<2>> {};
    constexpr std::size_t n = 64;
    model<maker> generator{seed{1}};
    model<judge> discriminator{seed{2}};
    auto made = gradients<wrt<parameters>>(generator);
    auto shown = gradients<wrt<parameters>>(discriminator, cross_entropy{});
    auto judged = gradients<wrt<input>>(discriminator, cross_entropy{});
    optimiser of_generator{generator, adam{.rate = 2e-3, .beta1 = 0.5}};
    optimiser of_discriminator{discriminator, adam{.rate = 2e-3, .beta1 = 0.5}};
    std::vector<float> real_ones(2 * n), made_up_ones(2 * n);
    for (std::size_t i = 0; i < n; ++i) real_ones[2 * i] = 1, made_up_ones[2 * i + 1] = 1;
    const auto real = [&](std::uint64_t step) { // around (3, −1)
        auto points = random_numbers<float>(2 * n, 2 * step + 1);
        for (std::size_t i = 0; i < n; ++i) points[2 * i] += 3, points[2 * i + 1] -= 1;
        return points;
    };
    const auto off = [&](std::span<const float> points) { // how far their mean is from there
        double x = 0, y = 0;
        for (std::size_t i = 0; i < n; ++i)
            x += static_cast<double>(points[2 * i]) / n, y += static_cast<double>(points[2 * i + 1]) / n;
        return std::hypot(x - 3, y + 1);
    };
    double at_first = 0, at_last = 0, sharpest = 1, of_judge = 0;
    const int steps = 800;
    for (int step = 0; step < steps; ++step) {
        const auto z = random_numbers<float>(2 * n, 2 * static_cast<std::uint64_t>(step));
        const auto fake = made.forward(z);
        double loss = shown(real(static_cast<std::uint64_t>(step)), real_ones) / 2;
        of_discriminator.add(shown.gradients(), 0.5);
        loss += shown(fake, made_up_ones) / 2;
        of_discriminator.add(shown.gradients(), 0.5);
        of_discriminator.apply(discriminator);
        judged(fake, real_ones);
        made.backward(judged.input_gradient());
        of_generator.apply(generator, made.gradients());
        sharpest = std::fmin(sharpest, loss);
        if (step == 0) at_first = off(fake);
        if (step >= steps - 100) at_last += off(fake) / 100, of_judge += loss / 100;
    }
    INFO(at_first << " away at first, " << at_last << " at last; the judge's loss " << sharpest << " at its best, "
                  << of_judge << " at last");
    CHECK(at_first > 2);
    CHECK(at_last < 0.5);
    CHECK(sharpest < 0.4); // it can tell them apart at first (log 2, 0.69, is guessing) ...
    CHECK(of_judge > 0.5); // ... and hardly at last
}

// ---- errors ---------------------------------------------------------------------------------------------------------

TEST_CASE("numbers that are no whole samples, or do not fit together, are refused by a sentence") {
    model<tall> net{seed{1}};
    auto step = gradients<wrt<parameters>>(net, mean_squared_error{});
    auto product = gradients<wrt<parameters>>(net);
    const std::vector<float> six(6), seven(7), four(4), none;
    const auto says_all = [](const std::string& message, auto... words) {
        INFO(message);
        CHECK((says(message, words) && ...));
    };
    says_all(message_of<shape_error>([&] { step(seven, four); }), "7 numbers as samples", "[3]");
    says_all(message_of<shape_error>([&] { step(none, none); }), "0 numbers as samples", "[3]");
    says_all(message_of<shape_error>([&] { step(six, six); }), "6 numbers as targets", "[2] for each sample of 2");
    says_all(message_of<shape_error>([&] { product.backward(four); }), "4 numbers as gradients of the output",
             "forward comes before backward");
    product.forward(six);
    says_all(message_of<shape_error>([&] { product.backward(six); }), "6 numbers as gradients of the output",
             "[2] for each sample of 2");
    product.backward(four);
    CHECK(message_of<error>([&] { product.backward(four); })
          == "strata: backward was called twice after one forward, but the first call used up its values. Call forward "
             "again.");
    CHECK(step(six, four) == step(six, four)); // and goes on
}

TEST_CASE("a loss that is not finite names what broke, and the running statistics stay") {
    model<with_states> net{seed{1}};
    auto step = gradients<wrt<parameters>>(net, cross_entropy{});
    auto x = random_numbers<float>(5LL * 6, 1);
    const auto t = random_numbers<float>(5LL * 4, 2);
    step(x, t);
    const auto before = buffers_of_model(net);
    x[13] = std::numeric_limits<float>::quiet_NaN();
    const std::string message = message_of<error>([&] { step(x, t); });
    INFO(message);
    CHECK(says(message, "sample 2 of the batch"));
    CHECK(buffers_of_model(net) == before);
}
