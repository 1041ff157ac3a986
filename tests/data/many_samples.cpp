// More samples than 32 bits count: numbers of samples are counted in 64 bits from one end to the other.
#include "files.hpp"

#include <strata/data/batch_reader.hpp>
#include <strata/data/prefetched_batches.hpp>
#include <strata/data/readers/record_files.hpp>
#include <strata/data/readers/records.hpp>
#include <strata/data/views/augmented.hpp>
#include <strata/data/views/normalised.hpp>
#include <strata/data/views/shuffle.hpp>
#include <strata/data/views/subset.hpp>

#include <unistd.h>

namespace data = strata::data;
using strata::shape;
using strata_tests::message_of;
using strata_tests::says;

namespace {

constexpr std::size_t many = (std::size_t{1} << 32) + 100;

struct counted { // sample i is (i mod 2^20, i / 2^20), of class i mod 2
    using target_type = data::class_index;
    [[nodiscard]] std::size_t size() const { return many; }
    [[nodiscard]] shape sample_shape() const { return shape(2); }
    [[nodiscard]] int classes() const { return 2; }
    [[nodiscard]] double weight(std::size_t i) const { return static_cast<double>(i); }
    void read(std::size_t i, data::key, std::span<float> x, data::class_index& c) const {
        x[0] = static_cast<float>(i % (1 << 20)), x[1] = static_cast<float>(i >> 20);
        c.value = static_cast<int>(i % 2);
    }
};
template <class Set>
std::vector<float> sample(const Set& set, std::size_t i, data::key k = {}) {
    std::vector<float> x(static_cast<std::size_t>(set.sample_shape().size()));
    data::class_index label;
    set.read(i, k, x, label);
    return x;
}

} // namespace

TEST_CASE("many samples: views and subsets reach those beyond 32 bits", "[many]") {
    const data::subset last(counted{}, {many - 1, 99});
    CHECK(sample(last, 0) == std::vector<float>{99, 4096}); // 2^32 / 2^20
    CHECK(sample(last, 1) == std::vector<float>{99, 0});
    CHECK(last.weight(0) == 4294967395.0);
    CHECK(says(message_of<strata::shape_error>([&] { (void)data::subset(counted{}, {many}); }), "sample 4294967396",
               "has 4294967396"));
    const data::normalised scaled(counted{}, {{0, 4096}, {1, 1}});
    CHECK(scaled.size() == many);
    CHECK(sample(scaled, many - 1) == std::vector<float>{99, 0});
    // An augmentation of sample 2^32 + i is not that of sample i.
    const data::augmented noisy(
        counted{}, [](std::span<float> x, shape, strata::philox_stream& random) { x[0] = random.uniform(); });
    CHECK(noisy.size() == many);
    for (std::size_t i = 0; i < 5; ++i)
        CHECK(sample(noisy, i, {1, 2})[0] != sample(noisy, (std::size_t{1} << 32) + i, {1, 2})[0]); // 1 in 2^24 each
}

TEST_CASE("many samples: batches of indices beyond 32 bits", "[many]") {
    data::prefetched_batches batches(counted{});
    batches.begin({many - 1, 3, many - 2}, 2);
    auto batch = batches.next();
    REQUIRE(batch.size == 2);
    CHECK(batch.samples[1] == 4096);
    CHECK(batch.labels[0] == 1);
    batch = batches.next();
    REQUIRE(batch.size == 1);
    CHECK(batch.samples[0] == 98);
}

TEST_CASE("many samples: records beyond 4 GiB and 32 bits", "[many]") {
    const strata_tests::temporary_folder folder;
    const std::string path = folder.file("large.bin", "");
    // Two bytes a record, nearly all of them in a hole of the file, which takes no room on the disk.
    if (::truncate(path.c_str(), static_cast<off_t>(2 * many)) != 0)
        STRATA_SKIP("the file system has no files of 8 GiB");
    {
        std::FILE* const file = std::fopen(path.c_str(), "r+b");
        REQUIRE(file != nullptr);
        REQUIRE(::fseeko(file, static_cast<off_t>(2 * (many - 1)), SEEK_SET) == 0);
        REQUIRE(std::fwrite("\1\7", 1, 2, file) == 2);
        REQUIRE(std::fclose(file) == 0);
    }
    const data::records set({path, path}, {.sample = shape(1), .classes = 2});
    CHECK(set.size() == 2 * many);
    CHECK(sample(set, many - 1) == std::vector<float>{7});
    CHECK(set.label(2 * many - 1) == 1);
    CHECK(set.label(many) == 0);
}

TEST_CASE("many samples: an order that needs more memory than there is, is refused with a sentence", "[many]") {
    CHECK(says(message_of<strata::error>([] { (void)data::permutation(std::size_t{1} << 58, strata::seed{1}); }),
               "shuffling 288230376151711744 samples", "2147483648 GiB", ".shuffle = false"));
    CHECK(says(message_of<strata::error>([] { (void)data::permutation(~std::size_t{0}, strata::seed{1}); }),
               "shuffling"));
}
