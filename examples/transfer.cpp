// Transfer learning: a network learns the digits 0 to 4. Its trunk, frozen, then serves under a new head for 5 to 9, of
// which there are only a few labelled samples; the comparison is the same network trained on these from scratch.
#include <strata/strata.hpp>
#include <strata/surgery.hpp>
#include <strata/train/parameters/frozen.hpp>

#include "arguments.hpp"
#include "claims.hpp"

#include <algorithm>
#include <vector>

using namespace strata;

struct zero_to_four : network<
    image<1, 28, 28>,
    named<"trunk",
          conv<16, 3>, relu, max_pool<2>,
          conv<32, 3>, relu, max_pool<2>,
          flatten>,
    named<"head", dense<5>>> {};

// The surgery: the same trunk under a new head.
struct five_to_nine : replaced<zero_to_four, from<"head">, named<"new_head", dense<5>>> {};

/// Five digits from `first` on, as the classes 0 to 4; of each, `most` samples behind the first `skipped`.
struct five_digits {
    using target_type = data::class_index;
    using images = data::in_memory<data::class_index>;
    images all;
    int lowest = 0;
    std::vector<std::size_t> chosen{};

    five_digits(const images& set, int first, std::size_t most = ~std::size_t{0}, std::size_t skipped = 0)
        : all(set), lowest(first) {
        std::vector<std::size_t> met(5);
        for (std::size_t i = 0; i < set.size(); ++i)
            if (const int c = set.label(i) - first; c >= 0 && c < 5)
                if (const std::size_t n = met[static_cast<std::size_t>(c)]++; n >= skipped && n - skipped < most)
                    chosen.push_back(i);
    }
    std::size_t size() const { return chosen.size(); }
    shape sample_shape() const { return all.sample_shape(); }
    int classes() const { return 5; }
    void read(std::size_t i, data::key k, std::span<float> x, data::class_index& t) const {
        all.read(chosen[i], k, x, t);
        t.value -= lowest;
    }
};

// ctest quick: --epochs 1
// ctest long:
int main(int argc, char** argv) try {
    const arguments given(argc, argv, {.epochs = 3, .threads = 2});
    const cpu policy{.threads = given.threads};
    const auto [train, test] = data::mnist(given.data);
    std::printf("data: %s\n", train.origin().c_str());

    model<zero_to_four> trained{seed{given.seed}, policy};
    trainer first{trained, cross_entropy{}, adam{}};
    first.fit(five_digits(train, 0), {.epochs = given.epochs, .batch = 64, .progress = false});
    std::printf("0 to 4: accuracy %.4f after %d epochs of %zu samples\n\n", first.evaluate(five_digits(test, 0)).metric,
                given.epochs, five_digits(train, 0).size());

    std::printf("5 to 9, test accuracy by samples of each digit (mean of three draws)\n"
                "%10s %14s %14s\n", "samples", "frozen trunk", "from scratch");
    const five_digits held_out(test, 5);
    double with_trunk = 0, from_scratch = 0; // of the fewest samples
    long long frozen_bytes = 0, all_bytes = 0;
    for (const std::size_t samples : {5, 20, 100}) {
        double transferred = 0, scratch = 0;
        for (std::size_t draw = 0; draw < 3; ++draw) {
            const five_digits few(train, 5, samples, draw * samples);
            const fit_options options{.epochs = 60, .batch = 25, .schedule = cosine, .progress = false};

            model<five_to_nine> net{seed{given.seed + draw}, policy};
            (void)net.take(trained); // all but the new head
            trainer head{net, cross_entropy{}, adam{.rate = 3e-3}, frozen<"trunk">{}};
            head.fit(few, options);
            transferred += head.evaluate(held_out).metric / 3;
            frozen_bytes = head.optimiser_bytes();

            model<five_to_nine> fresh{seed{given.seed + draw}, policy};
            trainer whole{fresh, cross_entropy{}, adam{}};
            whole.fit(few, options);
            scratch += whole.evaluate(held_out).metric / 3;
            all_bytes = whole.optimiser_bytes();
        }
        std::printf("%10zu %14.4f %14.4f\n", samples, transferred, scratch);
        if (samples == 5) with_trunk = transferred, from_scratch = scratch;
    }
    std::printf("\n");

    claims claim;
    claim(with_trunk > from_scratch + 0.02, "of 5 samples of each digit the frozen trunk makes %.4f, a new one %.4f",
          with_trunk, from_scratch);
    claim(frozen_bytes < all_bytes, "Adam keeps %lld bytes for the new head, and %lld for the whole network",
          frozen_bytes, all_bytes);
    return claim.exit_status();
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
