#pragma once
/// fixed_string — text that can stand in a template argument: `tag<"skip">`.
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI {

template <int N>
struct fixed_string {
    char characters[unsigned(N + 1)]{};

    constexpr fixed_string() = default;
    constexpr fixed_string(const char (&text)[unsigned(N + 1)]) {
        for (int i = 0; i < N; ++i) characters[i] = text[i];
        // clang prints the array as text only when its last character was written explicitly
        characters[N] = 0;
    }
    [[nodiscard]] constexpr const char* c_str() const { return characters; }
    [[nodiscard]] static constexpr int size() { return N; }
    friend constexpr bool operator==(const fixed_string&, const fixed_string&) = default;
};

template <unsigned long N>
fixed_string(const char (&)[N]) -> fixed_string<static_cast<int>(N) - 1>;

/// Equality of two zero-terminated strings, usable in constant evaluation.
constexpr bool same_text(const char* a, const char* b) {
    while (*a != 0 && *a == *b) ++a, ++b;
    return *a == *b;
}

constexpr bool starts_with(const char* whole, const char* beginning) {
    while (*beginning != 0 && *whole == *beginning) ++whole, ++beginning;
    return *beginning == 0;
}

} // namespace strata::inline STRATA_ABI
