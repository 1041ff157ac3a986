/// What is said when a batch does not fit a GPU's memory.
#include "catch.hpp"

#include <strata/cuda/largest_batch.hpp>

using namespace strata;
using namespace strata::core;

namespace {
constexpr auto bytes = [](int batch) { return 1000 + 300LL * batch + (batch + 7) / 8 * 64; };
} // namespace

TEST_CASE("the largest batch that fits is exact") {
    for (const long long free : {0LL, 1363LL, 1364LL, 5000LL, 123'456LL, 20'000'000LL}) {
        const int fits = on_cuda::largest_batch(100'000, free, bytes);
        INFO("free " << free << ", fits " << fits);
        CHECK((fits == 0 || bytes(fits) <= free));
        CHECK(bytes(fits + 1) > free);
    }
}

TEST_CASE("a batch too large is an error with the bytes, what is free, and the largest batch") {
    CHECK_NOTHROW(on_cuda::require_bytes(8, bytes(8), bytes));
    CHECK_THROWS_AS(on_cuda::require_bytes(8, bytes(8) - 1, bytes), device_error);
    CHECK_THROWS_WITH(
        on_cuda::require_bytes(8, bytes(8) - 1, bytes),
        "strata: a batch of 8 needs 3464 bytes on the GPU, but only 3463 are free. The largest batch that fits is 7.");
    CHECK_THROWS_WITH(
        on_cuda::require_bytes(8, 100, bytes),
        "strata: a batch of 8 needs 3464 bytes on the GPU, but only 100 are free. Not even one sample fits.");
}
