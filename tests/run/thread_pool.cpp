#include "catch.hpp"
#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <memory>
#include <mutex>
#include <set>
#include <strata/run/thread_pool.hpp>
#include <string>
#include <thread>
#include <vector>
#if defined(__linux__)
#include <filesystem>
#endif

// Assertions of Catch2 are for one thread only: tasks note what they see, the test checks it afterwards.

namespace {

using namespace std::chrono_literals;

/// True when `count` tasks of one region were inside at the same time, each on a thread of its own.
bool meet(strata::core::thread_pool& pool, int count) {
    std::atomic<int> arrived{0}, met{0};
    pool.run(count, [&](int) {
        ++arrived;
        const auto patience = std::chrono::steady_clock::now() + 20s; // only a failure waits so long
        while (arrived < count && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
        if (arrived == count) ++met;
    });
    return met == count;
}

/// The tasks of a region that did not run exactly once.
int mistakes(strata::core::thread_pool& pool, int tasks) {
    std::vector<std::atomic<int>> runs(static_cast<std::size_t>(std::max(tasks, 0)));
    std::atomic<int> outside{0};
    pool.run(tasks, [&](int task) {
        if (task < 0 || task >= tasks) ++outside;
        else ++runs[static_cast<std::size_t>(task)];
    });
    int wrong = outside;
    for (const auto& n : runs) wrong += n != 1;
    return wrong;
}

#if defined(__linux__)
int threads_of_process() {
    return static_cast<int>(std::distance(std::filesystem::directory_iterator{"/proc/self/task"}, {}));
}
#endif

} // namespace

TEST_CASE("thread_pool: every task runs once, for any number of threads and tasks", "[cpu]") {
    for (int threads = 1; threads <= 9; ++threads) {
        strata::core::thread_pool pool{threads};
        REQUIRE(pool.threads() == threads);
        for (const int tasks : {-1, 0, 1, 2, 3, 7, 64, 1000}) {
            INFO(threads << " threads, " << tasks << " tasks");
            CHECK(mistakes(pool, tasks) == 0);
        }
    }
}

TEST_CASE("thread_pool: many short regions in a row", "[cpu]") {
    for (const int threads : {2, 3, 8}) {
        strata::core::thread_pool pool{threads};
        std::int64_t sum = 0, expected = 0;
        std::vector<std::int64_t> cells(5); // written without atomics: a region is over when run returns
        for (int region = 0; region < 5000; ++region) {
            const int tasks = 1 + region % 5;
            pool.run(tasks, [&](int task) { cells[static_cast<std::size_t>(task)] = region * 10 + task; });
            for (int task = 0; task < tasks; ++task) {
                sum += cells[static_cast<std::size_t>(task)];
                expected += region * 10 + task;
            }
        }
        CHECK(sum == expected);
    }
}

TEST_CASE("thread_pool: all threads take part, also after they were parked", "[cpu]") {
    for (const int threads : {1, 2, 4}) {
        strata::core::thread_pool pool{threads};
        for (int i = 0; i < 3; ++i) {
            CHECK(meet(pool, threads));
            std::this_thread::sleep_for(2ms); // forty times as long as a worker spins
        }
    }
}

TEST_CASE("thread_pool: uses the caller and no more threads than asked for", "[cpu]") {
    for (const int threads : {1, 2, 5}) {
        std::mutex mutex;
        std::set<std::thread::id> seen;
        strata::core::thread_pool pool{threads};
        for (int i = 0; i < 20; ++i)
            pool.run(50, [&](int) {
                const std::lock_guard lock{mutex};
                seen.insert(std::this_thread::get_id());
            });
        CHECK(seen.size() <= static_cast<std::size_t>(threads));
        if (threads == 1) CHECK(seen == std::set{std::this_thread::get_id()});
    }
}

#if defined(__linux__)
TEST_CASE("thread_pool: makes its threads once and joins them", "[cpu]") {
    const int before = threads_of_process();
    {
        strata::core::thread_pool pool{4};
        CHECK(threads_of_process() == before + 3);
        CHECK(meet(pool, 4));
        CHECK(threads_of_process() == before + 3);
        strata::core::thread_pool one{1};
        one.run(3, [](int) {});
        CHECK(threads_of_process() == before + 3);
    }
    // the kernel may list a joined thread for a moment longer
    for (int i = 0; i < 1000 && threads_of_process() != before; ++i) std::this_thread::sleep_for(1ms);
    CHECK(threads_of_process() == before);
}
#endif

TEST_CASE("thread_pool: parked workers cost no time", "[cpu]") {
    strata::core::thread_pool pool{2};
    CHECK(meet(pool, 2));
    const auto before = std::clock(); // processor time of all threads
    std::this_thread::sleep_for(300ms);
    const double used = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    CHECK(used < 0.1); // a worker that spins on would use 0.3 s; one that parks, 50 us
}

TEST_CASE("thread_pool: a region of one task stays in its caller", "[cpu]") {
    strata::core::thread_pool pool{3};
    std::thread::id ran_on;
    pool.run(1, [&](int) { ran_on = std::this_thread::get_id(); });
    CHECK(ran_on == std::this_thread::get_id());
}

TEST_CASE("thread_pool: a region inside a region of the same pool runs too", "[cpu]") {
    strata::core::thread_pool pool{3};
    std::atomic<int> runs{0};
    std::atomic<bool> moved{false};
    pool.run(6, [&](int) {
        const auto me = std::this_thread::get_id();
        pool.run(7, [&](int) {
            ++runs;
            if (std::this_thread::get_id() != me) moved = true;
        });
    });
    CHECK(runs == 6 * 7);
    CHECK_FALSE(moved);
    CHECK(mistakes(pool, 10) == 0); // and the pool is whole afterwards
}

TEST_CASE("thread_pool: pools made, used and destroyed inside tasks", "[cpu]") {
    strata::core::thread_pool outer{3};
    std::atomic<int> runs{0};
    for (int i = 0; i < 10; ++i)
        outer.run(4, [&](int) {
            strata::core::thread_pool inner{2};
            inner.run(5, [&](int) { ++runs; });
        });
    CHECK(runs == 10 * 4 * 5);
}

TEST_CASE("thread_pool: called from several threads at once", "[cpu]") {
    strata::core::thread_pool pool{3};
    std::atomic<int> wrong{0};
    std::vector<std::thread> callers;
    for (int c = 0; c < 4; ++c)
        callers.emplace_back([&] {
            for (int i = 0; i < 200; ++i) wrong += mistakes(pool, 9);
        });
    for (auto& caller : callers) caller.join();
    CHECK(wrong == 0);
}

TEST_CASE("thread_pool: can be destroyed at any moment after a region", "[cpu]") {
    int done = 0;
    for (int i = 0; i < 200; ++i) {
        const auto pool = std::make_unique<strata::core::thread_pool>(1 + i % 4);
        std::atomic<int> runs{0};
        if (i % 3 != 0) pool->run(i % 5, [&](int) { ++runs; });
        if (i % 7 == 0) std::this_thread::sleep_for(100us); // some workers park first
        done += i % 3 == 0 || runs == i % 5;
    }
    CHECK(done == 200);
}

TEST_CASE("thread_pool: denormals are flushed in every task, and in the caller only there", "[cpu]") {
    volatile float small = 1e-30F, smaller = 1e-12F; // product 1e-42, a denormal float
    for (const int threads : {1, 2, 4}) {
        strata::core::thread_pool pool{threads};
        std::vector<float> products(static_cast<std::size_t>(threads), 1.0F);
        std::atomic<int> arrived{0};
        pool.run(threads, [&](int task) {
            ++arrived; // one task per thread: each waits for the others
            const auto patience = std::chrono::steady_clock::now() + 20s;
            while (arrived < threads && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
            products[static_cast<std::size_t>(task)] = small * smaller;
        });
        REQUIRE(arrived == threads);
#if defined(__SSE2__) || defined(__aarch64__)
        CHECK(products == std::vector<float>(static_cast<std::size_t>(threads), 0.0F));
#endif
        CHECK(small * smaller > 0);
    }
}

TEST_CASE("thread_pool: takes const functions, functions with state and plain functions", "[cpu]") {
    strata::core::thread_pool pool{2};
    static std::atomic<int> runs{0};
    runs = 0;
    const auto constant = [](int) { ++runs; };
    pool.run(10, constant);
    pool.run(10, +[](int) { ++runs; });
    struct counting {
        std::atomic<int> n{0};
        void operator()(int) { ++n; }
    } counter;
    pool.run(10, counter);
    CHECK(runs == 20);
    CHECK(counter.n == 10); // not a copy
    static_assert(noexcept(pool.run(1, constant)));
}

TEST_CASE("thread_pool: fewer than one thread is an error", "[cpu]") {
    for (const int threads : {0, -3}) {
        std::string message;
        try {
            strata::core::thread_pool pool{threads};
        } catch (const strata::error& e) {
            message = e.what();
        }
        CHECK(message
              == "strata: a thread pool of " + std::to_string(threads)
                     + " threads cannot run anything. Use at least 1.");
    }
}
