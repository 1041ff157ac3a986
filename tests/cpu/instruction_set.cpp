#include "catch.hpp"
#include <strata/cpu/instruction_set.hpp>
#include <string>

namespace {

constexpr strata::instruction_bits bit(const char* name) {
    for (int i = 0; i < strata::instruction_count; ++i) {
        const char *a = strata::instruction_names[i], *b = name;
        while (*a != 0 && *a == *b) ++a, ++b;
        if (*a == *b) return 1U << i;
    }
    return 0;
}

std::string message(strata::instruction_bits needed, strata::instruction_bits supported) {
    try {
        strata::check_instruction_set(needed, supported);
    } catch (const strata::device_error& e) {
        return e.what();
    }
    return "";
}

} // namespace

TEST_CASE("instruction set: what is there is not complained about", "[cpu]") {
    CHECK(message(0, 0).empty());
    CHECK(message(bit("avx2") | bit("fma"), bit("avx2") | bit("fma") | bit("avx512f")).empty());
}

TEST_CASE("instruction set: the sentence names what is missing, and only that", "[cpu]") {
    const auto haswell =
        bit("sse4.2") | bit("popcnt") | bit("avx") | bit("avx2") | bit("fma") | bit("bmi") | bit("bmi2");
    const auto skylake =
        haswell | bit("avx512f") | bit("avx512cd") | bit("avx512bw") | bit("avx512dq") | bit("avx512vl");
    CHECK(message(skylake, haswell)
          == "strata: this program was compiled for AVX-512 (avx512f, avx512cd, avx512bw, avx512dq, "
             "avx512vl), which "
             "this CPU does not support; compile with -march=x86-64-v2 or run elsewhere.");
    CHECK(message(haswell, haswell & ~bit("fma"))
          == "strata: this program was compiled for AVX2 (fma), which this CPU does not support; "
             "compile with -march=x86-64-v2 or run elsewhere.");
    CHECK(message(haswell, 0)
          == "strata: this program was compiled for AVX2 (sse4.2, popcnt, avx, avx2, fma, bmi, bmi2), which "
             "this CPU "
             "does not support; compile with -march=x86-64-v2 or run elsewhere.");
    CHECK(message(bit("sse4.2"), 0)
          == "strata: this program was compiled for SSE4.2 (sse4.2), which this CPU does not support; "
             "compile with -march=x86-64 or run elsewhere.");
    // the longest sentence there is fits its buffer
    const auto all = (1U << strata::instruction_count) - 1;
    CHECK(message(all, 0).substr(message(all, 0).size() - 17) == "or run elsewhere.");
}

TEST_CASE("instruction set: every name stands for one bit", "[cpu]") {
    REQUIRE(std::size(strata::instruction_names) == strata::instruction_count);
    for (int i = 0; i < strata::instruction_count; ++i) CHECK(bit(strata::instruction_names[i]) == 1U << i);
    CHECK(bit("avx512") == 0);
}

TEST_CASE("instruction set: this CPU can run this test", "[cpu]") {
    constexpr auto compiled_for = strata::instructions_compiled_for();
    CHECK((compiled_for & ~strata::instructions_supported()) == 0);
    CHECK_NOTHROW(strata::require_instruction_set<void>());
#if defined(__AVX512F__)
    CHECK((compiled_for & bit("avx512f")) != 0);
#endif
#if defined(__AVX2__)
    CHECK((compiled_for & bit("avx2")) != 0);
#else
    CHECK((compiled_for & bit("avx2")) == 0);
#endif
}

TEST_CASE("instruction set: an unmet need is found at every call", "[cpu]") {
    constexpr strata::instruction_bits nobody_has = 1U << 31; // not a known set, so never supported
    CHECK_THROWS_AS((strata::require_instruction_set<void, nobody_has>()), strata::device_error);
    CHECK_THROWS_AS((strata::require_instruction_set<void, nobody_has>()), strata::device_error);
}
