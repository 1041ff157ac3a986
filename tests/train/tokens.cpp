/// Training on tokens: data sets of integers, classes at each position, values as targets.
#include "files.hpp"

#include <strata/data/views/subset.hpp>
#include <strata/data/views/weighted.hpp>
#include <strata/files.hpp>
#include <strata/gradients.hpp>
#include <strata/sequences.hpp>
#include <strata/strata.hpp>
#include <strata/train/companions/prefetch.hpp>

using namespace strata;
using namespace strata_tests;

namespace {

constexpr int words = 9, length = 6;
struct next_word : network<tokens<length, words>, embedding<words, 12>, dense<words>> {};
struct sum_of_words : network<tokens<length, words>, embedding<words, 4>, flatten, dense<1>> {};

int word(std::size_t sample, int place) {
    return static_cast<int>((sample * 5 + sample / 3 + std::size_t(place) * 2) % words);
}

/// The word after each is the same one, times two.
struct doubled {
    using target_type = data::class_indices;
    [[nodiscard]] std::size_t size() const { return 40; }
    [[nodiscard]] shape sample_shape() const { return shape(length); }
    [[nodiscard]] shape target_shape() const { return shape(length); }
    [[nodiscard]] int classes() const { return words; }
    void read(std::size_t i, data::key, std::span<std::int32_t> x, data::class_indices& t) const {
        for (int p = 0; p < length; ++p) {
            x[std::size_t(p)] = word(i, p);
            t.into[std::size_t(p)] = p == 2 ? -100 : word(i, p) * 2 % words; // one is not asked for
        }
    }
};
struct summed {
    using target_type = data::values;
    [[nodiscard]] std::size_t size() const { return 40; }
    [[nodiscard]] shape sample_shape() const { return shape(length); }
    [[nodiscard]] shape target_shape() const { return shape(1); }
    void read(std::size_t i, data::key, std::span<std::int32_t> x, data::values& t) const {
        t.into[0] = 0;
        for (int p = 0; p < length; ++p)
            x[std::size_t(p)] = word(i, p), t.into[0] += static_cast<float>(word(i, p)) / 20;
    }
};

} // namespace

TEST_CASE("a network of tokens learns the class of each position") {
    STATIC_REQUIRE(data::data_set<doubled>);
    model<next_word> net{seed{1}};
    trainer t{net, cross_entropy{}, adam{.rate = 0.05f}};
    const history h = t.fit(doubled{}, {.epochs = 30, .batch = 8, .progress = false});
    CHECK(h.epochs.back().metric == 1);
    CHECK(t.evaluate(doubled{}).loss < 0.05);
    const std::vector<std::int32_t> sample{0, 1, 2, 3, 4, 5};
    const std::vector<float> scores = net(sample);
    for (int p = 0; p < length; ++p) {
        const auto first = scores.begin() + p * words;
        CHECK(std::max_element(first, first + words) - first == p * 2 % words);
    }
}

TEST_CASE("tokens read ahead, on any number of threads, give the same bits") {
    const auto trained = [](int threads, bool ahead) {
        model<next_word> net{seed{2}, cpu{.threads = threads}};
        trainer t{net, cross_entropy{.label_smoothing = 0.1}, adam{}};
        if (ahead) t.fit(doubled{}, {.epochs = 2, .batch = 12, .progress = false}, prefetch{});
        else t.fit(doubled{}, {.epochs = 2, .batch = 12, .progress = false});
        return std::vector<float>(net.parameter_block().begin(), net.parameter_block().end());
    };
    const auto plain = trained(1, false);
    CHECK(trained(2, false) == plain);
    CHECK(trained(1, true) == plain);
}

TEST_CASE("tokens may have values as their targets, in both precisions") {
    model<sum_of_words> net{seed{1}};
    trainer t{net, mean_squared_error{}, adam{.rate = 0.02f}};
    t.fit(summed{}, {.epochs = 60, .batch = 8, .progress = false});
    CHECK(t.evaluate(summed{}).loss < 0.01);
    model<sum_of_words, cpu, fp64> of_doubles{seed{1}};
    trainer d{of_doubles, mean_squared_error{}, adam{.rate = 0.02f}};
    d.fit(summed{}, {.epochs = 60, .batch = 8, .progress = false});
    CHECK(d.evaluate(summed{}).loss < 0.01);
}

TEST_CASE("a token that the network does not know stops the fit with a sentence") {
    struct beyond : doubled {
        void read(std::size_t i, data::key k, std::span<std::int32_t> x, data::class_indices& t) const {
            doubled::read(i, k, x, t);
            if (i == 3) x[1] = words;
        }
    };
    model<next_word> net{seed{1}};
    trainer t{net, cross_entropy{}, adam{}};
    const auto before = std::vector<float>(net.parameter_block().begin(), net.parameter_block().end());
    CHECK(message_of<shape_error>([&] { t.fit(beyond{}, {.epochs = 1, .batch = 40, .progress = false}); })
          == "strata: token 1 of sample 3 is 9, but the network knows the tokens 0 to 8. Number the tokens from 0, or "
             "declare a larger vocabulary.");
    CHECK(std::vector<float>(net.parameter_block().begin(), net.parameter_block().end()) == before);
}

namespace {

struct padded_words : network<tokens<length, words, padding<0>>, embedding<words, 12>, layer_norm, tag<"x">, dense<12>,
                              relu, add<"x">, dense<words>> {};

/// Samples of one to six words; behind them there are zeros, and classes that would be wrong.
struct shorter_and_longer : doubled {
    bool marked = false; ///< with the classes behind the end marked by hand
    void read(std::size_t i, data::key k, std::span<std::int32_t> x, data::class_indices& t) const {
        doubled::read(i, k, x, t);
        for (std::size_t p = 0; p < length; ++p)
            if (p > i % length) x[p] = 0, t.into[p] = marked ? -100 : 7;
            else if (x[p] == 0) x[p] = 3;
    }
};

} // namespace

TEST_CASE("padding is left out of loss and metrics, wherever the positions come from") {
    STATIC_REQUIRE(core::plan<padded_words, core::request{}>::data.outputs[0].padded_like == 0);
    STATIC_REQUIRE(core::plan<next_word, core::request{}>::data.outputs[0].padded_like == -1);
    STATIC_REQUIRE(core::plan<sum_of_words, core::request{}>::data.outputs[0].padded_like == -1);
    model<padded_words> a{seed{1}}, b{seed{1}};
    trainer first{a, cross_entropy{}, adam{}}, second{b, cross_entropy{}, adam{}};
    const fit_options two{.epochs = 2, .batch = 8, .progress = false};
    const auto of_a = first.fit(shorter_and_longer{}, two);
    const auto of_b = second.fit(shorter_and_longer{.marked = true}, two);
    CHECK(std::ranges::equal(a.parameter_block(), b.parameter_block()));
    CHECK(of_a.epochs.back().loss == of_b.epochs.back().loss);
    CHECK(first.evaluate(shorter_and_longer{}).metric == second.evaluate(shorter_and_longer{.marked = true}).metric);
}

TEST_CASE("steps and gradients by hand take tokens") {
    model<next_word> a{seed{1}}, b{seed{1}};
    std::vector<std::int32_t> x, classes;
    for (std::size_t i = 0; i < 4; ++i)
        for (int p = 0; p < length; ++p) x.push_back(word(i, p)), classes.push_back(word(i, p) * 2 % words);
    auto step = gradients<wrt<parameters>>(a, cross_entropy{});
    optimiser opt{a, adam{}};
    trainer t{b, cross_entropy{}, adam{}};
    for (int i = 0; i < 5; ++i) {
        const double loss = step(x, classes);
        opt.apply(a, step.gradients());
        CHECK(t.step(x, classes) == loss);
    }
    CHECK(std::ranges::equal(a.parameter_block(), b.parameter_block()));
    x[7] = 9;
    const char* const sentence =
        "strata: token 1 of sample 1 is 9, but the network knows the tokens 0 to 8. Number the "
        "tokens from 0, or declare a larger vocabulary.";
    CHECK(message_of<shape_error>([&] { step(x, classes); }) == sentence);
    CHECK(message_of<shape_error>([&] { t.step(x, classes); }) == sentence);
}

TEST_CASE("padding is left out by hand as well, whatever the classes behind the end are") {
    const auto loss_of = [](std::int32_t behind) {
        model<padded_words> net{seed{1}};
        std::vector<std::int32_t> x, classes;
        for (std::size_t i = 0; i < 4; ++i)
            for (int p = 0; p < length; ++p) {
                const bool end = p > static_cast<int>(i);
                x.push_back(end ? 0 : 1 + p), classes.push_back(end ? behind : 2);
            }
        auto step = gradients<wrt<parameters>>(net, cross_entropy{});
        const double loss = step(x, classes);
        trainer t{net, cross_entropy{}, sgd{.rate = 0.1f}};
        CHECK(t.step(x, classes) == loss);
        return loss;
    };
    CHECK(loss_of(7) == loss_of(-1));
    CHECK(loss_of(3) == loss_of(-100));
}

TEST_CASE("parts of a data set of tokens are tokens") {
    const data::subset<doubled> some(doubled{}, {3, 1});
    STATIC_REQUIRE(data::data_set<data::subset<doubled>>);
    STATIC_REQUIRE(!data::reads<data::subset<doubled>, float>);
    std::vector<std::int32_t> x(length), t(length), direct(length), again(length);
    data::class_indices into{t}, to{again};
    some.read(0, {}, std::span<std::int32_t>(x), into);
    doubled{}.read(3, {}, direct, to);
    CHECK(x == direct);
    CHECK(t == again);
    model<next_word> net{seed{1}};
    trainer trains{net, cross_entropy{}, adam{}};
    trains.fit(data::weighted(doubled{}, std::vector<double>(40, 2)), {.epochs = 1, .progress = false});
}
