// callback: any callable or none, a value with a state of its own.
#include "catch.hpp"
#include <strata/base/callback.hpp>

#include <functional>

using strata::callback;

TEST_CASE("callback: calls what it was given, and is empty without") {
    callback<bool(int)> f = [](int x) { return x > 2; };
    REQUIRE(f);
    CHECK(f(3));
    CHECK_FALSE(f(2));
    f = nullptr;
    CHECK_FALSE(f);
    f = [](const int& x) { return x < 0; };
    CHECK(f(-1));
    f = {};
    CHECK_FALSE(f);
}

TEST_CASE("callback: an empty std::function and a null pointer to a function are none") {
    CHECK_FALSE(callback<bool(int)>(std::function<bool(int)>()));
    CHECK_FALSE(callback<bool(int)>(static_cast<bool (*)(int)>(nullptr)));
    CHECK(callback<bool(int)>(std::function<bool(int)>([](int) { return true; }))(0));
}

TEST_CASE("callback: a copy has a state of its own") {
    const callback<int(int)> counts = [sum = 0](int x) mutable { return sum += x; };
    CHECK(counts(1) == 1);
    const callback<int(int)> copy = counts;
    CHECK(counts(1) == 2);
    CHECK(copy(5) == 6);
    CHECK(counts(1) == 3);
}
