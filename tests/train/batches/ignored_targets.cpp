/// What counts beside what is ignored: of several batches the loss, the metrics and the accumulated gradients are those
/// of one large batch, though batches have different numbers of positions that count.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/data/views/subset.hpp>
#include <strata/data/views/weighted.hpp>
#include <strata/gradients.hpp>
#include <strata/losses.hpp>
#include <strata/metrics.hpp>
#include <strata/reference/reference.hpp>
#include <strata/sequences.hpp>
#include <strata/strata.hpp>

#include <algorithm>
#include <cmath>

using namespace strata;
using namespace strata_tests;

namespace {

constexpr int pixels = 12;
struct mask_net : network<image<2, 3, 4>, conv<3, 3, same>, tanh_activation, conv<1, 1>> {};
struct map_net : network<image<2, 3, 4>, conv<5, 3, same>, tanh_activation, conv<3, 1>> {};

/// Of sample i every pixel behind the first i % 12 + 1 is ignored: samples count from a twelfth to the whole.
bool is_ignored(std::size_t sample, std::size_t pixel) { return pixel > sample % pixels; }

std::vector<double> images(std::size_t n) { return random_numbers<double>(n * 2 * pixels, 17); }
std::int32_t class_of(const std::vector<double>& x, std::size_t i, std::size_t p, int classes) {
    const double a = x[i * 2 * pixels + p], b = x[i * 2 * pixels + pixels + p];
    return a > 0.2 ? 1 : classes > 2 && b > 0 ? 2 : 0;
}
/// Classes of two or three, of which some are ignored.
data::in_memory<data::class_indices> maps(std::size_t n, int classes, int mark = -100) {
    const std::vector<double> x = images(n);
    data::contents c{.sample = shape(2, 3, 4), .classes = classes, .target = shape(3, 4)};
    c.floats.assign(x.begin(), x.end());
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t p = 0; p < pixels; ++p)
            c.labels.push_back(is_ignored(i, p) ? mark : class_of(x, i, p, classes));
    return data::in_memory<data::class_indices>(c);
}

template <class Net, class Loss, class Data>
std::vector<double> fitted(const Loss& loss, const Data& data, const fit_options& options, double* of_epoch = nullptr) {
    model<Net, cpu, fp64> net{seed{3}};
    trainer t{net, loss, sgd{.rate = 0.5}};
    const history h = t.fit(data, options);
    if (of_epoch != nullptr) *of_epoch = h.epochs.back().loss;
    return {net.parameter_block().begin(), net.parameter_block().end()};
}
double distance_of(const std::vector<double>& a, const std::vector<double>& b) {
    REQUIRE(a.size() == b.size());
    double worst = 0;
    for (std::size_t i = 0; i < a.size(); ++i) worst = std::max(worst, std::fabs(a[i] - b[i]));
    return worst;
}
/// Sums in another order, of numbers around 1.
constexpr double rounding = 1e-14;

template <class Net, class Loss, class Data>
void check_batches_are_one(const Loss& loss, const Data& five) {
    fit_options whole{.batch = 5, .shuffle = false, .progress = false}, parts = whole;
    parts.batch = 3, parts.accumulate = 2; // of three samples and of two
    std::vector<double> reported;
    for (fit_options* o : {&whole, &parts})
        o->after_step = [&](const step_report& r) { return reported.push_back(r.loss), true; };
    double one = 0, two = 0;
    const std::vector<double> a = fitted<Net>(loss, five, whole, &one), b = fitted<Net>(loss, five, parts, &two);
    CHECK(distance_of(a, b) <= rounding);
    CHECK(std::fabs(one - two) <= rounding);
    REQUIRE(reported.size() == 2);
    CHECK(std::fabs(reported[0] - one) <= rounding);
    CHECK(std::fabs(reported[1] - one) <= rounding);
}

struct yes_of_tokens : network<tokens<6, 9, padding<0>>, embedding<9, 4>, dense<1>> {};
/// Is the token an odd one? Samples have from one to six tokens.
template <class Target>
struct odd_tokens {
    using target_type = Target;
    std::size_t count = 5;
    float behind = -100; ///< the target behind a sample's end

    [[nodiscard]] std::size_t size() const { return count; }
    [[nodiscard]] shape sample_shape() const { return shape(6); }
    [[nodiscard]] shape target_shape() const { return std::is_same_v<Target, data::values> ? shape(6, 1) : shape(6); }
    [[nodiscard]] int classes() const { return 2; }
    void read(std::size_t i, data::key, std::span<std::int32_t> x, Target& t) const {
        for (std::size_t p = 0; p < 6; ++p) {
            x[p] = p > i % 6 ? 0 : static_cast<std::int32_t>(1 + (i * 5 + p * 3) % 8);
            t.into[p] = static_cast<std::remove_reference_t<decltype(t.into[p])>>(p > i % 6 ? behind : float(x[p] % 2));
        }
    }
};

} // namespace

TEST_CASE("ignored positions: accumulated batches are one large batch", "[train]") {
    check_batches_are_one<map_net>(cross_entropy{}, maps(5, 3));
    check_batches_are_one<map_net>(cross_entropy{.label_smoothing = 0.1, .ignore_index = 1}, maps(5, 3, 1));
    check_batches_are_one<mask_net>(binary_cross_entropy{}, maps(5, 2));
    check_batches_are_one<mask_net>(binary_cross_entropy<2>{.label_smoothing = 0.1, .ignore_index = 255},
                                    maps(5, 2, 255));
    check_batches_are_one<yes_of_tokens>(binary_cross_entropy{}, odd_tokens<data::values>{});
    check_batches_are_one<yes_of_tokens>(binary_cross_entropy{}, odd_tokens<data::class_indices>{.behind = 7});
}

TEST_CASE("ignored positions: an evaluation over several batches is the mean over what counts", "[train]") {
    constexpr std::size_t n = 300; // an evaluation takes 256 samples at a time
    const auto data = maps(n, 2);
    const std::vector<double> x = images(n);
    model<mask_net, cpu, fp64> net{seed{4}};
    trainer t{net, binary_cross_entropy{}, sgd{}, binary_accuracy{}, mean_absolute_error{}, binary_recall{}};
    std::vector<double> floats(x.size());
    std::ranges::transform(x, floats.begin(), [](double v) { return double(float(v)); });
    const std::vector<double> y = net(floats);
    double loss = 0, right = 0, off = 0, count = 0, hits = 0, actual = 0;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t p = 0; p < pixels; ++p) {
            if (is_ignored(i, p)) continue;
            const double logit = y[i * pixels + p], yes = class_of(floats, i, p, 2);
            loss += std::log1p(std::exp(-std::fabs(logit))) + (logit > 0 ? (1 - yes) * logit : -yes * logit);
            right += (logit > 0) == (yes > 0.5), off += std::fabs(logit - yes), ++count;
            hits += logit > 0 && yes > 0.5, actual += yes;
        }
    const auto e = t.evaluate(data);
    CHECK(std::fabs(e.loss - loss / count) <= rounding);
    CHECK(std::fabs(e.metric - right / count) <= rounding);
    CHECK(std::fabs(e.get<mean_absolute_error>().value() - off / count) <= 10 * rounding);
    CHECK(std::fabs(e.get<binary_recall>().value() - hits / actual) <= rounding);
}

TEST_CASE("ignored positions: a batch that is ignored whole has no loss and moves nothing", "[train]") {
    model<mask_net, cpu, fp64> net{seed{5}};
    const std::vector<double> before(net.parameter_block().begin(), net.parameter_block().end());
    trainer t{net, binary_cross_entropy{}, sgd{.rate = 1}};
    const std::vector<double> x = images(3);
    CHECK(t.step(x, std::vector<double>(3 * pixels, -100)) == 0);
    CHECK(std::ranges::equal(net.parameter_block(), before));
    data::contents c{.sample = shape(2, 3, 4), .classes = 2, .target = shape(3, 4)};
    c.floats.assign(x.begin(), x.end()), c.labels.assign(3 * pixels, -100);
    const data::in_memory<data::class_indices> nothing(c);
    const history h = t.fit(nothing, {.batch = 2, .progress = false, .accumulate = 2});
    CHECK(h.epochs.back().loss == 0);
    CHECK(std::isnan(h.epochs.back().metric)); // of no decision
    CHECK(t.evaluate(nothing).loss == 0);
    CHECK(std::ranges::equal(net.parameter_block(), before));
}

TEST_CASE("ignored positions: their outputs do not matter, and have no gradient", "[train]") {
    model<mask_net, reference, fp64> r{seed{5}};
    model<mask_net, cpu, fp64> c{seed{5}};
    const std::vector<double> x = images(2);
    std::vector<double> t(2 * pixels, 1);
    for (std::size_t p = 0; p < pixels; ++p) t[p] = -100; // the first sample
    auto on_reference = gradients<wrt<input>>(r, binary_cross_entropy<3>{});
    auto on_cpu = gradients<wrt<input>>(c, binary_cross_entropy<3>{});
    const double loss = on_cpu(x, t);
    CHECK(std::fabs(loss - on_reference(x, t)) <= rounding);
    const auto dx = on_cpu.input_gradient();
    CHECK(std::all_of(dx.begin(), dx.begin() + 2 * pixels, [](double d) { return d == 0; }));
    CHECK(std::any_of(dx.begin() + 2 * pixels, dx.end(), [](double d) { return d != 0; }));
    auto of_second = gradients<wrt<input>>(c, binary_cross_entropy<3>{});
    const std::vector<double> second(x.begin() + 2 * pixels, x.end());
    CHECK(std::fabs(of_second(second, std::vector<double>(pixels, 1)) - loss) <= rounding);
}

TEST_CASE("ignored positions: what is behind a padded sample's end is ignored, by hand as well", "[train]") {
    model<yes_of_tokens, cpu, fp64> net{seed{5}};
    auto step = gradients<wrt<parameters>>(net, binary_cross_entropy{});
    const std::vector<std::int32_t> x{3, 5, 0, 0, 0, 0, 1, 0, 2, 4, 7, 8};
    std::vector<double> t{1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0}, marked = t;
    std::fill(marked.begin() + 2, marked.begin() + 6, -100);
    CHECK(step(x, t) == step(x, marked));
    trainer trains{net, binary_cross_entropy{}, sgd{}};
    CHECK(trains.step(x, t) == step(x, marked));
}

TEST_CASE("ignored positions: weights of samples count what is left of them", "[train]") {
    const auto data = maps(3, 2);
    const auto twice = [&](std::vector<double> weights) {
        double loss = 0;
        fitted<mask_net>(binary_cross_entropy{}, data::weighted(data, std::move(weights)),
                         {.batch = 3, .shuffle = false, .progress = false}, &loss);
        return loss;
    };
    model<mask_net, cpu, fp64> net{seed{3}};
    trainer t{net, binary_cross_entropy{}, sgd{}};
    double sum = 0, all = 0;
    for (std::size_t i = 0; i < 3; ++i) { // w and i + 1 pixels of each
        const double w = i == 0 ? 1 : i == 1 ? 4 : 0.5, part = w * static_cast<double>(i + 1);
        sum += part * t.evaluate(data::subset(data, {i})).loss, all += part;
    }
    CHECK(std::fabs(twice({1, 4, 0.5}) - sum / all) <= rounding);
}

TEST_CASE("ignored positions: an ignored class of a sample is no target of any output", "[train]") {
    struct one_of_three : network<features<2>, dense<3>> {};
    const auto loss_of = [](std::vector<std::int32_t> labels, std::vector<float> x) {
        data::contents c{.sample = shape(2), .classes = 3};
        c.floats = std::move(x), c.labels = std::move(labels);
        model<one_of_three> net{seed{1}};
        trainer t{net, binary_cross_entropy<>{.ignore_index = 2}, sgd{}};
        return t.evaluate(data::in_memory<>(c)).loss;
    };
    CHECK(std::fabs(loss_of({1, 2, 0}, {1, 2, 3, 4, 5, 6}) - loss_of({1, 0}, {1, 2, 5, 6})) <= 1e-6); // floats near 1
}

TEST_CASE("ignored positions: options that leave nothing to learn", "[train]") {
    model<mask_net> net{};
    CHECK(message_of<error>([&] { trainer t{net, binary_cross_entropy<>{.ignore_index = 1}, sgd{}}; })
          == "strata: binary_cross_entropy is to ignore the target 1, which leaves one answer of two: there is nothing "
             "to learn. Use a number that is no answer, such as .ignore_index = -100.");
}
