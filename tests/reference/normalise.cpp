#include "catch.hpp"
#include "kernel_call.hpp"

using namespace strata_tests;
using strata::core::key, strata::shape;
using numbers = std::vector<double>;

TEST_CASE("normalise by hand: per feature, and per channel of an image; backward without the mean", "[reference]") {
    numbers x{1, 2, 3, 4}, mean{1, 0}, deviation{2, 4}, y(4);
    call_kernel<key_of(operations::normalise::kind, shape(2), shape(2))>({.batch = 2, .last = 2},
                                                                         {&x, &mean, &deviation, &y});
    CHECK(y == numbers{0, 0.5, 1, 1});
    call_kernel<key_of(operations::normalise::kind, shape(2, 1, 2), shape(2, 1, 2))>({}, {&x, &mean, &deviation, &y});
    CHECK(y == numbers{0, 0.5, 0.75, 1});
    constexpr key gradient =
        with(key_of(operations::normalise::kind, shape(2), shape(2)), [](key& k) { k.scale_only = true; });
    call_kernel<gradient>({.batch = 2, .last = 2}, {&x, &mean, &deviation, &y});
    CHECK(y == numbers{0.5, 0.5, 1.5, 1});
}

TEST_CASE("denormalise by hand: normalise with k.scaled", "[reference]") {
    numbers x{1, 2, 3, 4}, mean{1, 0}, deviation{2, 4}, y(4);
    constexpr key inverse =
        with(key_of(operations::normalise::kind, shape(2), shape(2)), [](key& k) { k.scaled = true; });
    call_kernel<inverse>({.batch = 2, .last = 2}, {&x, &mean, &deviation, &y});
    CHECK(y == numbers{3, 8, 7, 16});
    constexpr key gradient = with(inverse, [](key& k) { k.scale_only = true; });
    call_kernel<gradient>({.batch = 2, .last = 2}, {&x, &mean, &deviation, &y});
    CHECK(y == numbers{2, 8, 6, 16});
}
