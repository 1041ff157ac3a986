/// Data sets and batches of more samples than an int counts: all of them are trained on, or a sentence says why not.
#include "catch.hpp"
#include "files.hpp"

#include <strata/layers.hpp>
#include <strata/train/companions/prefetch.hpp>
#include <strata/train/trainer.hpp>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct tiny : network<features<1>, dense<1>> {};

/// 2^32 + 100 samples, the same wherever one is read.
struct vast {
    using target_type = data::values;
    static constexpr std::size_t samples = (std::size_t{1} << 32) + 100;
    static std::size_t size() { return samples; }
    static shape sample_shape() { return shape(1); }
    static shape target_shape() { return shape(1); }
    static void read(std::size_t, data::key, std::span<float> x, data::values& t) { x[0] = 1, t.into[0] = 2; }
};
/// The same, read from near its end on: who leaves the last samples out, or takes others, is found out.
struct vast_but_for_its_end : vast {
    static void read(std::size_t i, data::key, std::span<float> x, data::values& t) {
        if (i >= samples) raise("a sample beyond the end was read");
        x[0] = 1, t.into[0] = 2;
    }
};

} // namespace

TEST_CASE("steps of a vast data set are whole batches, and the schedule sees its size") {
    model<tiny> net{seed{1}};
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 1e-3}};
    std::vector<schedule_point> asked;
    std::vector<step_report> told;
    const fit_options options{.epochs = 2,
                              .batch = 1024,
                              .schedule =
                                  [&](const schedule_point& at) {
                                      asked.push_back(at);
                                      return 1.0;
                                  },
                              .shuffle = false,
                              .progress = false,
                              .accumulate = 3,
                              .after_step =
                                  [&](const step_report& r) {
                                      told.push_back(r);
                                      return told.size() < 3;
                                  }};
    const history h = trainer.fit(vast{}, options);
    CHECK(h.epochs.empty()); // it ended within the first
    REQUIRE(told.size() == 3);
    CHECK(told[2].samples == 3 * 1024);
    REQUIRE(asked.size() == 3);
    // ceil((2^32 + 100) / 3072) steps, twice
    CHECK(asked[0].steps == 2 * std::int64_t{1'398'102});
    CHECK(asked[2].progress == Approx(2 * 3072 / (2.0 * static_cast<double>(vast::samples))));
}

namespace {
/// More samples than there is memory for an order of them.
struct endless : vast {
    static std::size_t size() { return std::size_t{1} << 44; }
};
} // namespace

TEST_CASE("an order of more samples than memory holds is refused, with the remedy") {
    model<tiny> net{seed{1}};
    trainer trainer{net, mean_squared_error{}, sgd{}};
    CHECK(says(message_of<error>([&] { trainer.fit(endless{}, {.progress = false}); }), "17592186044416 samples",
               "131072 GiB", ".shuffle = false"));
    CHECK(says(message_of<error>([&] { trainer.fit(endless{}, {.shuffle = false, .progress = false}, prefetch{}); }),
               "17592186044416 samples"));
    CHECK(trainer.steps() == 0);
}

TEST_CASE("a batch of more than 2^30 samples is refused, in a fit, a step and a workspace") {
    model<tiny> net{seed{1}};
    trainer trainer{net, mean_squared_error{}, sgd{}};
    constexpr int too_many = (1 << 30) + 1;
    CHECK(says(
        message_of<shape_error>([&] { trainer.fit(vast{}, {.batch = too_many, .shuffle = false, .progress = false}); }),
        "a batch of 1073741825 samples", "at most 1073741824"));
    CHECK(says(message_of<shape_error>([&] { (void)net.make_workspace(too_many); }), "a batch of 1073741825"));
    // 2^33 + 1 samples that nobody reads: as an int that was a batch of one.
    const float one = 1;
    const std::span<const float> unread(&one, (std::size_t{1} << 33) + 1);
    CHECK(says(message_of<shape_error>([&] { trainer.step(unread, unread); }), "a batch of 8589934593 samples"));
    CHECK(says(message_of<shape_error>([&] { (void)net(unread); }), "a batch of 8589934593 samples"));
}

TEST_CASE("every sample of a vast data set is evaluated", "[long]") {
    model<tiny> net{seed{1}};
    const float weight = 0, bias = 1;
    net.set(0, &weight), net.set(1, &bias);
    trainer trainer{net, mean_squared_error{}, sgd{}};
    CHECK(trainer.evaluate(vast_but_for_its_end{}).loss == 1); // (1 − 2)², of all
}
