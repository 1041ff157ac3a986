// Augmentation: random changes that seed, pass and sample determine, and nothing else.
#include "files.hpp"
#include <algorithm>
#include <set>
#include <strata/data/in_memory.hpp>
#include <strata/data/views/augmented.hpp>
#include <strata/data/views/normalised.hpp>
#include <thread>

namespace data = strata::data;
using strata::shape;

namespace {

data::in_memory<> zeros(std::size_t n) {
    return data::in_memory<>{{.sample = shape(1, 1, 4),
                              .floats = std::vector<float>(n * 4),
                              .labels = std::vector<int>(n, 0),
                              .classes = 1,
                              .origin = "zeros"}};
}
/// Adds a number in [0, 1) to each pixel.
struct noise {
    void operator()(std::span<float> x, shape s, strata::philox_stream& random) const {
        if (s != shape(1, 1, 4)) std::abort();
        for (float& v : x) v += random.uniform();
    }
};
template <class Set>
std::vector<float> sample(const Set& set, std::size_t i, data::key k) {
    std::vector<float> x(4);
    data::class_index label;
    set.read(i, k, x, label);
    return x;
}
using noisy = data::augmented<data::in_memory<>, noise>;
static_assert(data::data_set<noisy> && data::labelled<noisy>);
static_assert(noisy::augmentations == 1
              && data::augmented<data::subset<data::normalised<noisy>>, noise>::augmentations == 2);

} // namespace

TEST_CASE("an augmentation is determined by seed, pass and sample", "[augmented]") {
    const data::augmented set(zeros(100), noise{});
    CHECK(set.size() == 100);
    CHECK(set.sample_shape() == shape(1, 1, 4));
    CHECK(set.origin() == "zeros");
    CHECK(set.label(3) == 0);
    const auto once = sample(set, 7, {1, 2});
    CHECK(once == sample(set, 7, {1, 2}));
    std::set<float> firsts; // of different samples, passes and seeds
    for (std::uint64_t seed = 0; seed < 3; ++seed)
        for (std::uint64_t pass = 0; pass < 3; ++pass)
            for (std::size_t i = 0; i < 100; ++i) firsts.insert(sample(set, i, {seed, pass})[0]);
    // 900 draws among 2^24: one coincidence in 40 such tests, three in none.
    CHECK(firsts.size() >= 898);
    // Uniform numbers: mean 1/2, deviation 0.289 / sqrt(900); five of them.
    double sum = 0;
    for (const float v : firsts) sum += static_cast<double>(v);
    CHECK(sum / static_cast<double>(firsts.size()) == Approx(0.5).margin(0.048));
}

TEST_CASE("an augmentation is the same in any order and from any thread", "[augmented]") {
    const data::augmented set(zeros(200), noise{});
    std::vector<std::vector<float>> forwards(200), in_threads(200);
    for (std::size_t i = 0; i < 200; ++i) forwards[i] = sample(set, i, {5, 1});
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 3; ++t)
        threads.emplace_back([&, t] {
            for (std::size_t i = 200; i-- > 0;)
                if (i % 3 == t) in_threads[i] = sample(set, i, {5, 1});
        });
    for (auto& thread : threads) thread.join();
    CHECK(forwards == in_threads);
}

TEST_CASE("an augmentation belongs to the sample, not to its place in a subset", "[augmented]") {
    const data::augmented set(zeros(10), noise{});
    const data::subset<data::augmented<data::in_memory<>, noise>> some(set, {7, 2});
    CHECK(sample(some, 0, {1, 2}) == sample(set, 7, {1, 2}));
}

TEST_CASE("one augmentation over another draws other numbers", "[augmented]") {
    const data::augmented once(zeros(10), noise{});
    const data::augmented twice(data::subset(once, {0, 1, 2}), noise{});
    for (std::size_t i = 0; i < 3; ++i) {
        const auto a = sample(once, i, {1, 0}), b = sample(twice, i, {1, 0});
        for (std::size_t j = 0; j < 4; ++j) CHECK(b[j] - a[j] != a[j]); // 1 in 2^24 each
    }
}

TEST_CASE("an error in an augmentation reaches the reader", "[augmented]") {
    const data::augmented set(
        zeros(2), [](std::span<float>, shape, strata::philox_stream&) { strata::raise("strata: not today."); });
    CHECK(strata_tests::message_of<strata::error>([&] { (void)sample(set, 0, {}); }) == "strata: not today.");
}
