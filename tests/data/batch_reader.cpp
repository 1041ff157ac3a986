// Batches read ahead by a thread: their content, the overlap, errors, and ends at every moment.
#include "files.hpp"
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <strata/data/batch_reader.hpp>
#include <strata/data/in_memory.hpp>
#include <strata/data/prefetched_batches.hpp>
#include <strata/data/views/augmented.hpp>
#include <strata/data/views/shuffle.hpp>
#include <thread>

namespace data = strata::data;
using strata::seed;
using strata_tests::message_of;
using strata_tests::says;

namespace {

/// Something that one thread reports and another waits for; false after a minute, which no machine should
/// need.
class signal {
  public:
    void raise() {
        {
            const std::lock_guard lock{mutex_};
            raised_ = true;
        }
        there_.notify_all();
    }
    [[nodiscard]] bool wait() {
        std::unique_lock lock{mutex_};
        return there_.wait_for(lock, std::chrono::minutes{1}, [this] { return raised_; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable there_;
    bool raised_ = false;
};

std::vector<std::size_t> counted(std::size_t n) {
    std::vector<std::size_t> all(n);
    std::iota(all.begin(), all.end(), std::size_t{100});
    return all;
}

/// The slots' memory, filled with the indices that were asked for: plain numbers, so that ThreadSanitizer
/// sees every access.
struct slots {
    std::vector<std::size_t> at[2] = {std::vector<std::size_t>(64), std::vector<std::size_t>(64)};
    auto reading() {
        return [this](int slot, int place, std::size_t index) { at[slot][static_cast<std::size_t>(place)] = index; };
    }
};
/// All that is left of a pass.
template <class Reader>
std::vector<std::size_t> rest_of(Reader& reader, const slots& memory) {
    std::vector<std::size_t> all;
    while (const auto batch = reader.next()) {
        CHECK(batch.first == all.size());
        const auto begin = memory.at[batch.slot].begin();
        all.insert(all.end(), begin, begin + batch.size);
    }
    return all;
}

} // namespace

TEST_CASE("batches come in order, whole, and the last one with what is left", "[batch_reader]") {
    slots memory;
    data::batch_reader reader(memory.reading());
    CHECK(!reader.next()); // no pass was begun
    for (const std::size_t n : {0u, 1u, 7u, 8u, 9u, 16u, 17u, 1000u}) {
        CAPTURE(n);
        const auto indices = counted(n);
        for (const int size : {1, 8, 64}) {
            reader.begin(indices, size);
            CHECK(rest_of(reader, memory) == indices);
            CHECK(!reader.next()); // and it stays at the end
        }
    }
    const auto indices = counted(20);
    reader.begin(indices, 8);
    int sizes[3], slot[3];
    for (int b = 0; b < 3; ++b) {
        const auto batch = reader.next();
        sizes[b] = batch.size, slot[b] = batch.slot;
    }
    CHECK((sizes[0] == 8 && sizes[1] == 8 && sizes[2] == 4));
    CHECK((slot[0] != slot[1] && slot[1] != slot[2]));
    CHECK(says(message_of<strata::error>([&] { reader.begin(indices, 0); }), "batch size is 0", "at least 1"));
}

TEST_CASE("the next batch is read while one is held, and no further one", "[batch_reader]") {
    signal second_read;
    std::atomic<int> reads{0};
    const auto indices = counted(8);
    data::batch_reader reader([&](int, int, std::size_t index) {
        ++reads;
        if (index == 103) second_read.raise(); // the last of batch 1
    });
    reader.begin(indices, 2);
    const auto held = reader.next();
    REQUIRE(held);
    CHECK(second_read.wait()); // although batch 0 is still held: without reading ahead this would never be
    std::this_thread::sleep_for(std::chrono::milliseconds{20}); // for a reader that ran too far
    CHECK(reads == 4);
    CHECK(reader.next().first == 2);
}

TEST_CASE("the slot in hand is left alone", "[batch_reader]") {
    slots memory;
    data::batch_reader reader(memory.reading());
    const auto indices = counted(512);
    reader.begin(indices, 16);
    std::size_t wrong = 0, first = 0;
    while (const auto batch = reader.next()) {
        auto& mine = memory.at[batch.slot];
        for (int again = 0; again < 50; ++again)
            for (std::size_t i = 0; i < 16; ++i) {
                wrong += mine[i] != indices[first + i] + static_cast<std::size_t>(again);
                ++mine[i]; // written too: what the reader wrote meanwhile would be lost or seen
            }
        first += 16;
    }
    CHECK(first == 512);
    CHECK(wrong == 0);
}

TEST_CASE("an error while reading comes out of next, after the batches before it", "[batch_reader]") {
    slots memory;
    std::size_t bad = 0;
    std::size_t last = 0;
    data::batch_reader reader([&](int slot, int place, std::size_t index) {
        last = index;
        if (index == bad) strata::raise<strata::file_error>("strata: sample " + std::to_string(index) + " is damaged.");
        memory.reading()(slot, place, index);
    });
    const auto indices = counted(40);
    for (const std::size_t where : {0u, 7u, 8u, 20u, 39u}) {
        CAPTURE(where);
        bad = 100 + where;
        reader.begin(indices, 8);
        for (std::size_t b = 0; b < where / 8; ++b) {
            const auto batch = reader.next();
            REQUIRE(batch);
            CHECK(memory.at[batch.slot][0] == 100 + 8 * b);
        }
        CHECK(says(message_of<strata::file_error>([&] { (void)reader.next(); }), "sample " + std::to_string(bad)));
        CHECK(last == bad);    // nothing after it was read
        CHECK(!reader.next()); // the pass is over
    }
    // An error that nobody asked for is forgotten with its pass.
    bad = 108;
    reader.begin(indices, 8);
    REQUIRE(reader.next());
    reader.end();
    bad = 0;
    reader.begin(indices, 8);
    CHECK(rest_of(reader, memory) == indices);
    // Other types than strata's pass as they are.
    data::batch_reader odd([](int, int, std::size_t) { throw 7; });
    odd.begin(indices, 8);
    CHECK_THROWS_AS(odd.next(), int);
}

TEST_CASE("a pass may be given up at any moment", "[batch_reader]") {
    slots memory;
    data::batch_reader reader(memory.reading());
    const auto indices = counted(100), others = data::permutation(30, seed{1});
    for (int taken = 0; taken < 12; ++taken) {
        reader.begin(indices, 8);
        for (int b = 0; b < taken; ++b) REQUIRE(reader.next());
        if (taken % 2 == 0) {
            reader.end();
            CHECK(!reader.next());
        }
        reader.begin(others, 8);
        CHECK(rest_of(reader, memory) == others);
    }
}

TEST_CASE("a reader may go at any moment, and does not read on", "[batch_reader]") {
    const auto indices = counted(1'000'000);
    for (int taken = 0; taken < 8; ++taken) {
        slots memory;
        data::batch_reader reader(memory.reading());
        if (taken > 0) reader.begin(indices, 64);
        for (int b = 1; b < taken; ++b) REQUIRE(reader.next());
    }
    // In the middle of a batch: only the sample at hand is read to its end.
    signal inside, go_on;
    std::atomic<int> reads{0};
    std::thread later;
    {
        data::batch_reader reader([&](int, int, std::size_t) {
            ++reads;
            inside.raise();
            (void)go_on.wait();
        });
        reader.begin(indices, 1000);
        CHECK(inside.wait());
        later = std::thread([&] {
            std::this_thread::sleep_for(
                std::chrono::milliseconds{50}); // so that the destructor is under way; else more is read
            go_on.raise();
        });
    }
    later.join();
    CHECK(reads >= 1);
    CHECK(reads < 1000);
}

TEST_CASE("prefetched batches are what the data set reads", "[batch_reader]") {
    data::contents all{.sample = strata::shape(2), .classes = 3};
    for (int i = 0; i < 50; ++i) {
        all.floats.push_back(static_cast<float>(i)), all.floats.push_back(static_cast<float>(-i));
        all.labels.push_back(i % 3);
    }
    const data::in_memory<> plain{all};
    const data::augmented set(
        plain, [](std::span<float> x, strata::shape, strata::philox_stream& random) { x[0] += random.uniform(); });
    data::prefetched_batches batches(set, seed{4});
    for (std::uint64_t pass = 0; pass < 3; ++pass) {
        const auto order = data::permutation(50, seed{4}, pass);
        batches.begin(order, 8, pass);
        std::size_t at = 0;
        while (const auto batch = batches.next()) {
            REQUIRE(batch.samples.size() == static_cast<std::size_t>(batch.size) * 2);
            REQUIRE(batch.labels.size() == static_cast<std::size_t>(batch.size));
            for (std::size_t i = 0; i < batch.labels.size(); ++i, ++at) {
                float x[2];
                data::class_index label;
                set.read(order[at], {4, pass}, x, label);
                CHECK(batch.samples[2 * i] == x[0]); // the same key, so the same bits
                CHECK(batch.samples[2 * i + 1] == x[1]);
                CHECK(batch.labels[i] == label.value);
            }
        }
        CHECK(at == 50);
    }
    CHECK(says(message_of<strata::error>([&] { batches.begin({1}, 0); }), "at least 1"));
    batches.begin({3, 99}, 2);
    CHECK(says(message_of<strata::shape_error>([&] { (void)batches.next(); }), "sample 99", "has 50"));

    const data::in_memory<data::values> dense{{.sample = strata::shape(1),
                                               .floats = {1, 2, 3},
                                               .targets = {10, 11, 20, 21, 30, 31},
                                               .target = strata::shape(2)}};
    data::prefetched_batches values(dense);
    values.begin({2, 0, 1}, 2);
    const auto first = values.next();
    REQUIRE(first.size == 2);
    CHECK(std::vector<float>(first.targets.begin(), first.targets.end()) == std::vector<float>{30, 31, 10, 11});
    const auto second = values.next();
    REQUIRE(second.size == 1);
    CHECK(second.samples[0] == 2);
    CHECK(!values.next());
}
