/// The first exception of parallel tasks reaches the caller, and no other.
#include "catch.hpp"

#include <stdexcept>
#include <strata/train/fit/first_error.hpp>
#include <string>
#include <thread>
#include <vector>

using strata::detail::first_error;

namespace {
void fail(first_error& error, int task) {
    try {
        throw std::runtime_error(std::to_string(task));
    } catch (...) {
        error.keep();
    }
}
} // namespace

TEST_CASE("first_error: without an exception nothing happens") {
    const first_error error;
    CHECK_FALSE(error.kept());
    CHECK_NOTHROW(error.rethrow());
}

TEST_CASE("first_error: of several the first is raised") {
    first_error error;
    for (const int task : {3, 1, 2}) fail(error, task);
    CHECK(error.kept());
    CHECK_THROWS_WITH(error.rethrow(), "3");
}

TEST_CASE("first_error: of threads one is raised, whole") {
    first_error error;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) threads.emplace_back([&error] { fail(error, 7); });
    for (std::thread& t : threads) t.join();
    CHECK_THROWS_WITH(error.rethrow(), "7");
}
