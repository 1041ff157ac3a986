#include "catch.hpp"
#include <cfenv>
#include <strata/run/denormals.hpp>
#include <thread>

namespace {

/// noinline and volatile: the product is computed where it stands, in the mode of the moment.
template <class T>
[[gnu::noinline]] T product(T a, T b) {
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
        {
            const strata::flush_denormals again;
        }
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

TEST_CASE("flush_denormals: restores what it changed and nothing else", "[cpu]") {
    std::feclearexcept(FE_ALL_EXCEPT);
    {
        const strata::flush_denormals flushed;
        std::fesetround(FE_DOWNWARD); // as code in between may
        std::feraiseexcept(FE_INEXACT);
    }
    const int rounding = std::fegetround(), raised = std::fetestexcept(FE_INEXACT);
    const float denormal = product(1e-30F, 1e-12F);
    std::fesetround(FE_TONEAREST);
    std::feclearexcept(FE_ALL_EXCEPT);
    CHECK(rounding == FE_DOWNWARD);
    CHECK(raised == FE_INEXACT);
    CHECK(denormal > 0);
}
