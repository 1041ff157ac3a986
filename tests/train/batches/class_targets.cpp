/// Targets that are class numbers: of samples, pixels and positions, through fit, evaluate, step and gradients.
#include "catch.hpp"
#include "files.hpp"

#include <strata/gradients.hpp>
#include <strata/strata.hpp>
#include <strata/train/companions/prefetch.hpp>

using namespace strata;
using namespace strata_tests;

namespace {

struct of_samples : network<features<4>, dense<6>, relu, dense<3>> {};
struct of_pixels : network<image<1, 4, 5>, conv<4, 3, same>, relu, conv<3, 1>> {};
struct of_positions : network<vectors<6, 2>, dense<8>, relu, dense<3>> {};

/// Pixels of class 0, 1 or 2 by their brightness; some are not labelled.
struct bright_pixels {
    using target_type = data::class_indices;
    int ignored = -100;
    int wrong = -100;
    [[nodiscard]] std::size_t size() const { return 64; }
    [[nodiscard]] shape sample_shape() const { return {1, 4, 5}; }
    [[nodiscard]] shape target_shape() const { return {4, 5}; }
    [[nodiscard]] int classes() const { return 3; }
    void read(std::size_t i, data::key, std::span<float> x, data::class_indices& t) const {
        for (std::size_t p = 0; p < x.size(); ++p) {
            x[p] = static_cast<float>((i * 31 + p * 17) % 23) / 23;
            t.into[p] = (i + p) % 7 == 0 ? ignored : static_cast<int>(x[p] * 3);
        }
        if (wrong != -100 && i == 5) t.into[3] = wrong;
    }
};

} // namespace

TEST_CASE("a fit on class numbers has the bits of one on one-hot targets") {
    {
        std::vector<float> x, one_hot;
        std::vector<int> labels;
        for (int i = 0; i < 50; ++i) {
            for (int e = 0; e < 4; ++e) x.push_back(static_cast<float>((i * 13 + e * 7) % 11) / 11);
            labels.push_back(i * 5 % 3);
            for (int k = 0; k < 3; ++k) one_hot.push_back(k == labels.back() ? 1.f : 0.f);
        }
        const data::in_memory<> of_classes{{.sample = shape(4), .floats = x, .labels = labels, .classes = 3}};
        const data::in_memory<data::values> of_numbers{
            {.sample = shape(4), .floats = x, .targets = one_hot, .target = shape(3)}};
        for (const cross_entropy& loss :
             {cross_entropy{}, cross_entropy{.label_smoothing = 0.1}, cross_entropy{.class_weights = {1, 2, 0.5}}}) {
            model<of_samples> a{seed{1}}, b{seed{1}};
            trainer first{a, loss, adam{}}, second{b, loss, adam{}};
            const auto of_a = first.fit(of_classes, {.epochs = 2, .batch = 16, .progress = false});
            const auto of_b = second.fit(of_numbers, {.epochs = 2, .batch = 16, .progress = false});
            CHECK(std::ranges::equal(a.parameter_block(), b.parameter_block()));
            CHECK(of_a.epochs.back().loss == of_b.epochs.back().loss);
            CHECK(of_a.epochs.back().metric == of_b.epochs.back().metric);
            CHECK(first.evaluate(of_classes).loss == second.evaluate(of_numbers).loss);
        }
    }
}

TEST_CASE("a network learns the class of each pixel, and its accuracy is of pixels that are not ignored") {
    model<of_pixels> net{seed{1}};
    trainer t{net, cross_entropy{}, adam{.rate = 0.02f}};
    t.fit(bright_pixels{}, {.epochs = 60, .batch = 8, .progress = false});
    const auto e = t.evaluate(bright_pixels{});
    CHECK(e.metric > 0.9);
    std::vector<float> scores = net.predict(bright_pixels{});
    int right = 0, all = 0;
    for (std::size_t i = 0; i < 64; ++i)
        for (std::size_t p = 0; p < 20; ++p) {
            if ((i + p) % 7 == 0) continue;
            const int actual = static_cast<int>(static_cast<float>((i * 31 + p * 17) % 23) / 23 * 3);
            int best = 0;
            for (int k = 1; k < 3; ++k)
                if (scores[i * 60 + std::size_t(k) * 20 + p] > scores[i * 60 + std::size_t(best) * 20 + p]) best = k;
            right += best == actual, ++all;
        }
    CHECK(e.metric == static_cast<double>(right) / all);
}

TEST_CASE("a step by hand takes class numbers, and gives the loss and gradients of gradients()") {
    model<of_positions> net{seed{2}};
    std::vector<float> x(3 * 12);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i * 37 % 11) / 7 - 0.5f;
    std::vector<std::int32_t> classes;
    for (int i = 0; i < 18; ++i) classes.push_back(i % 5 == 0 ? -1 : i % 3);
    auto step = gradients<wrt<parameters>>(net, cross_entropy{});
    const double loss = step(x, classes);
    model<of_positions> same{seed{2}};
    trainer t{same, cross_entropy{}, sgd{.rate = 0.1f}};
    CHECK(t.step(x, classes) == loss);

    // By its definition, from the scores.
    const std::vector<float> y = model<of_positions>{seed{2}}(x);
    double sum = 0, count = 0;
    for (std::size_t r = 0; r < 18; ++r) {
        if (classes[r] < 0) continue;
        double all = 0;
        for (std::size_t k = 0; k < 3; ++k) all += std::exp(static_cast<double>(y[r * 3 + k]));
        sum -= std::log(std::exp(static_cast<double>(y[r * 3 + static_cast<std::size_t>(classes[r])])) / all), ++count;
    }
    CHECK(std::fabs(loss - sum / count) < 1e-6);
}

TEST_CASE("classes of pixels that are read ahead give the same bits") {
    model<of_pixels> a{seed{1}}, b{seed{1}};
    trainer plain{a, cross_entropy{.ignore_index = 255}, adam{}}, ahead{b, cross_entropy{.ignore_index = 255}, adam{}};
    const fit_options options{.epochs = 3, .batch = 20, .progress = false};
    plain.fit(bright_pixels{.ignored = 255}, options);
    ahead.fit(bright_pixels{.ignored = 255}, options, prefetch{});
    CHECK(std::ranges::equal(a.parameter_block(), b.parameter_block()));
}

TEST_CASE("class numbers that do not fit are errors with a sentence") {
    model<of_pixels> net{seed{1}};
    trainer t{net, cross_entropy{}, adam{}};
    CHECK(message_of<shape_error>([&] { t.fit(bright_pixels{.wrong = 3}, {.epochs = 1, .progress = false}); })
          == "strata: sample 5 of the data has class 3, but the network's classes are 0 to 2.");
    CHECK(message_of<shape_error>(
              [&] { t.fit(bright_pixels{.ignored = 255}, {.epochs = 1, .shuffle = false, .progress = false}); })
          == "strata: sample 0 of the data has class 255, but the network's classes are 0 to 2.");
    trainer of_255{net, cross_entropy{.ignore_index = 255}, adam{}};
    of_255.fit(bright_pixels{.ignored = 255}, {.epochs = 1, .progress = false});
    trainer of_minus_one{net, cross_entropy{.ignore_index = -1}, adam{}};
    of_minus_one.fit(bright_pixels{.ignored = -1}, {.epochs = 1, .progress = false});

    struct larger : network<image<1, 4, 5>, upsample<2>, conv<3, 1>> {};
    model<larger> other{seed{1}};
    trainer wrong{other, cross_entropy{}, adam{}};
    CHECK(
        message_of<shape_error>([&] { wrong.fit(bright_pixels{}, {.epochs = 1}); })
        == "strata: the training data have classes of [4, 5] positions, but the network's output is [3, 8, 10], which "
           "has 80.");
    std::vector<float> x(20);
    std::vector<std::int32_t> classes(20, 7);
    CHECK(message_of<shape_error>([&] { t.step(x, classes); })
          == "strata: sample 0 of the data has class 7, but the network's classes are 0 to 2.");
    CHECK(
        message_of<shape_error>([&] { t.step(x, std::vector<std::int32_t>(19)); })
        == "strata: a step was given 20 sample numbers and 19 class numbers; it needs [1, 4, 5] and [1, 4, 5] for each "
           "sample of the batch.");
}

TEST_CASE("numbers are not taken for the classes of positions") {
    model<of_pixels> net{seed{1}};
    trainer t{net, cross_entropy{}, adam{}};
    const char* const sentence = "strata: the loss takes a class number for each position of the output, not numbers. "
                                 "Give std::int32_t, or a data set of class_indices.";
    CHECK(message_of<shape_error>([&] { t.step(std::vector<float>(20), std::vector<float>(20)); }) == sentence);
    auto step = gradients<wrt<parameters>>(net, cross_entropy{});
    CHECK(message_of<shape_error>([&] { step(std::vector<float>(20), std::vector<float>(20)); }) == sentence);
    const data::in_memory<data::values> numbers{{.sample = shape(1, 4, 5),
                                                 .floats = std::vector<float>(20),
                                                 .targets = std::vector<float>(20),
                                                 .target = shape(1, 4, 5)}};
    CHECK(message_of<shape_error>([&] { t.fit(numbers, {.epochs = 1}); }) == sentence);
    const data::in_memory<data::class_indices> turned{{.sample = shape(1, 4, 5),
                                                       .floats = std::vector<float>(20),
                                                       .labels = std::vector<int>(20),
                                                       .classes = 3,
                                                       .target = shape(5, 4)}};
    CHECK(says(message_of<shape_error>([&] { t.fit(turned, {.epochs = 1}); }), "classes of [5, 4] positions"));
}
