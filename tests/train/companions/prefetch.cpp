/// Batches read ahead by a thread: the same bits, the same errors, and a fit may end at any step.
#include "catch.hpp"
#include "files.hpp"
#include "signs.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/data/views/augmented.hpp>
#include <strata/layers.hpp>
#include <strata/train/companions/prefetch.hpp>
#include <strata/train/trainer.hpp>

#include <stdexcept>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct tiny : network<features<3>, dense<5>, tanh_activation, dense<2>> {};

/// Random numbers of the pass and the sample are added.
auto shaken(int n) {
    return data::augmented(signs(n), [](std::span<float> x, const shape&, philox_stream& random) {
        for (float& number : x) number += 0.1f * static_cast<float>(random.uniform());
    });
}

/// Whose sample 7 cannot be read.
struct broken {
    using target_type = data::class_index;
    [[nodiscard]] static std::size_t size() { return 12; }
    [[nodiscard]] static shape sample_shape() { return shape(3); }
    [[nodiscard]] static int classes() { return 2; }
    static void read(std::size_t i, const data::key&, std::span<float> x, data::class_index& c) {
        if (i == 7) throw std::runtime_error("sample 7 is unreadable");
        for (float& number : x) number = 0.5f;
        c.value = 0;
    }
};

/// Parameters and losses of two fits in a row.
template <class... Companions>
std::vector<double> fitted(const fit_options& o, const Companions&... companions) {
    model<tiny, cpu, fp64> net{seed{3}, cpu{.threads = 2}};
    trainer trainer{net, cross_entropy{}, adam{}};
    const auto data = shaken(50);
    std::vector<double> all;
    for (int fit = 0; fit < 2; ++fit)
        for (const epoch_record& r : trainer.fit(data, data, o, companions...).epochs) all.push_back(r.loss);
    all.insert(all.end(), net.parameter_block().begin(), net.parameter_block().end());
    return all;
}

} // namespace

TEST_CASE("a fit whose batches are read ahead gives the same bits") {
    const fit_options shuffled{.epochs = 3, .batch = 8, .progress = false};
    const fit_options in_order{.epochs = 2, .batch = 7, .shuffle = false, .progress = false};
    const fit_options averaged{.epochs = 2, .batch = 4, .progress = false, .accumulate = 3};
    const fit_options all_at_once{.epochs = 2, .batch = 64, .progress = false};
    for (const fit_options& o : {shuffled, in_order, averaged, all_at_once}) {
        CAPTURE(o.batch);
        CHECK(fitted(o, prefetch{}) == fitted(o));
    }
    CHECK(fitted(shuffled) != fitted(in_order));
}

TEST_CASE("a fit that ends within an epoch gives its thread back, and the next begins anew") {
    int steps = 0;
    const fit_options o{
        .epochs = 2, .batch = 8, .progress = false, .after_step = [&](const step_report&) { return ++steps % 3 != 0; }};
    const auto ahead = fitted(o, prefetch{});
    CHECK(steps == 6); // three in each of two fits
    CHECK(ahead == fitted(o));
}

TEST_CASE("what cannot be read is the fit's error, when its batch comes") {
    model<tiny> net{seed{1}};
    trainer trainer{net, cross_entropy{}, adam{}};
    const fit_options o{.epochs = 1, .batch = 3, .shuffle = false, .progress = false};
    CHECK(message_of<std::runtime_error>([&] { trainer.fit(broken{}, o, prefetch{}); }) == "sample 7 is unreadable");
    CHECK(trainer.steps() == 2);
}

TEST_CASE("classes at each position are read ahead as they are read") {
    struct pixels : network<image<1, 4, 4>, conv<3, 3, same>> {};
    data::contents c{.sample = shape(1, 4, 4), .classes = 3};
    c.target = shape(4, 4);
    c.floats = random_numbers<float>(12 * 16, 4);
    for (int i = 0; i < 12 * 16; ++i) c.labels.push_back(i % 5 == 0 ? -100 : i % 3); // some are ignored
    const data::in_memory<data::class_indices> images(c);
    const auto fitted = [&](const auto&... companions) {
        model<pixels> net{seed{1}};
        trainer trainer{net, cross_entropy{.ignore_index = -100}, adam{}};
        const fit_options o{.epochs = 2, .batch = 5, .progress = false};
        trainer.fit(images, o, companions...);
        return std::vector<float>(net.parameter_block().begin(), net.parameter_block().end());
    };
    CHECK(fitted(prefetch{}) == fitted());
}
