#pragma once
#include <strata/base/abi.hpp>

#include <charconv>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI::io {

/// A text as a field of a CSV file: in quotes where it needs them.
[[nodiscard, gnu::cold]] inline std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted += '"';
}

/// The shortest decimal that reads back to the same double, whatever the locale; "nan", "inf" and "-inf".
[[nodiscard, gnu::cold]] inline std::string csv_field(double number) {
    if (number != number) return "nan"; // a sign of its own, it has none to tell
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, number).ptr};
}

} // namespace strata::inline STRATA_ABI::io
