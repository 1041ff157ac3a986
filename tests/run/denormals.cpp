#include "catch.hpp"
#include <strata/run/denormals.hpp>
#include <thread>

namespace {

/// noinline and volatile: the product is computed where it stands, in the mode of the moment.
template <class T> [[gnu::noinline]] T product(T a, T b) {
    volatile T x = a, y = b;
    return x * y;
}

} // namespace

TEST_CASE("flush_denormals: tiny products are zero inside and not outside", "[cpu]") {
    const float small = 1e-30F, smaller = 1e-12F; // product 1e-42: below the least normal float, 1.2e-38
    const float denormal = 1e-40F, large = 1e10F; // product 1e-30 is normal, but its factor is not
    const double tiny = 1e-300, tinier = 1e-20;   // the same in double
    REQUIRE(product(small, smaller) > 0);
    REQUIRE(product(denormal, large) > 0);
    {
        const strata::flush_denormals flushed;
#if defined(__SSE2__) || defined(__aarch64__)
        CHECK(product(small, smaller) == 0);
        CHECK(product(denormal, large) == 0);
        CHECK(product(tiny, tinier) == 0);
#endif
        CHECK(product(small, 1.0F) == small); // normal numbers are left alone
        { const strata::flush_denormals again; }
#if defined(__SSE2__) || defined(__aarch64__)
        CHECK(product(small, smaller) == 0); // the inner one restored what it found
#endif
    }
    CHECK(product(small, smaller) > 0);
    CHECK(product(denormal, large) > 0);
    CHECK(product(tiny, tinier) > 0);
}

TEST_CASE("flush_denormals: another thread is not changed", "[cpu]") {
    float elsewhere = 0;
    {
        std::thread before{[] {}};
        before.join();
        std::thread other{[&] {
            const strata::flush_denormals flushed;
            elsewhere = product(1e-30F, 1e-12F);
        }};
        other.join();
    }
#if defined(__SSE2__) || defined(__aarch64__)
    CHECK(elsewhere == 0);
#endif
    CHECK(product(1e-30F, 1e-12F) > 0);
}

#if defined(__SSE2__)
TEST_CASE("flush_denormals: restores its own two bits and nothing else", "[cpu]") {
    const unsigned before = _mm_getcsr();
    constexpr unsigned ours = 0x8040, inexact = 0x0020, down = 0x2000, rounding = 0x6000;
    {
        const strata::flush_denormals flushed;
        CHECK((_mm_getcsr() & ours) == ours);
        _mm_setcsr((_mm_getcsr() & ~rounding) | inexact | down); // as code in between may
    }
    const unsigned after = _mm_getcsr();
    _mm_setcsr(before);
    CHECK((after & ours) == (before & ours));
    CHECK((after & inexact) != 0);
    CHECK((after & rounding) == down);
}
#endif
