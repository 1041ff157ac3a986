// monotonic_time: nanoseconds that never go back, the same clock as std::chrono::steady_clock.
#include "catch.hpp"
#include <strata/base/monotonic_time.hpp>

#include <chrono>
#include <thread>

TEST_CASE("monotonic_time: counts nanoseconds and never goes back") {
    using strata::detail::monotonic_time;
    const long long begin = monotonic_time();
    const auto begin_of_std = std::chrono::steady_clock::now();
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_of_std;
    const long long end = monotonic_time();
    CHECK(end - begin >= 20'000'000);
    CHECK(1e-9 * static_cast<double>(end - begin) >= passed.count()); // it began before and ended after
    CHECK(strata::detail::seconds_since(begin) >= 0.02);
}
