#pragma once
#include <strata/base/abi.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI::io {

/// The first position at which the text is not UTF-8, or npos: overlong forms, surrogates and values above
/// U+10FFFF are not UTF-8 either (RFC 3629).
[[nodiscard, gnu::cold]] inline std::size_t find_invalid_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
        const unsigned first = byte(i);
        const std::size_t length = first < 0x80   ? 1
                                   : first < 0xc2 ? 0
                                   : first < 0xe0 ? 2
                                   : first < 0xf0 ? 3
                                   : first < 0xf5 ? 4
                                                  : 0;
        if (length == 0 || length > text.size() - i) return i;
        for (std::size_t k = 1; k < length; ++k)
            if ((byte(i + k) & 0xc0) != 0x80) return i;
        if (length > 2) {
            const unsigned second = byte(i + 1);
            if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) || (first == 0xf0 && second < 0x90)
                || (first == 0xf4 && second > 0x8f))
                return i;
        }
        i += length;
    }
    return std::string_view::npos;
}

/// Appends a code point, at most U+10FFFF, as UTF-8.
[[gnu::cold]] inline void append_utf8(std::string& text, std::uint32_t code) {
    const auto add = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (code < 0x80) return add(code);
    if (code < 0x800) {
        add(0xc0 | code >> 6);
    } else {
        if (code < 0x10000) {
            add(0xe0 | code >> 12);
        } else {
            add(0xf0 | code >> 18);
            add(0x80 | (code >> 12 & 0x3f));
        }
        add(0x80 | (code >> 6 & 0x3f));
    }
    add(0x80 | (code & 0x3f));
}

} // namespace strata::inline STRATA_ABI::io
