#include "catch.hpp"
#include "softsign.hpp"

#include <strata/inference.hpp>
#include <strata/reference/reference.hpp>

struct softsigned : strata::network<strata::features<19>, strata_tests::softsign> {};

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
    strata::spell_layer<strata_tests::softsign>(t);
    CHECK(std::string(t.begin(), t.end()) == "softsign");
}
