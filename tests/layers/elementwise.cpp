#include "catch.hpp"

#include <strata/inference.hpp>
#include <strata/reference/reference.hpp>

// A user's own function, as CONTRIBUTING.md has it.
struct softsign_function {
    static constexpr const char* name = "softsign";
    template <class V>
    static V f(V x) {
        using std::abs;
        return x / (V(1) + abs(x));
    }
    template <class V>
    static V df(V x) {
        using std::abs;
        const V d = V(1) + abs(x);
        return V(1) / (d * d);
    }
};
struct softsigned : strata::network<strata::features<19>, strata::elementwise<softsign_function>> {};

TEST_CASE("a user's function runs under both policies") {
    std::vector<float> x(19);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i) * 0.75f - 6.0f;
    const auto fast = strata::model<softsigned>{}(x);
    const auto readable = strata::model<softsigned, strata::reference>{}(x);
    for (std::size_t i = 0; i < x.size(); ++i) {
        const float expected = x[i] / (1 + std::fabs(x[i]));
        CHECK(readable[i] == expected);
        CHECK(std::fabs(fast[i] - expected) <= 1e-7f); // one division of numbers below 1: half an ulp of 1
    }
}

TEST_CASE("a user's function spells itself") {
    strata::text t;
    strata::spell_layer<strata::elementwise<softsign_function>>(t);
    CHECK(std::string(t.begin(), t.end()) == "softsign");
}
