#pragma once
#include <cstddef>
#include <strata/base/sentence.hpp>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI::io {

/// The beginning of a text from a file, for a message: at most 40 bytes of it, whole characters, without
/// control characters.
[[nodiscard, gnu::cold]] inline std::string beginning(std::string_view text) {
    std::size_t keep = text.size() <= 40 ? text.size() : 40;
    while (keep > 0 && keep < text.size() && (static_cast<unsigned char>(text[keep]) & 0xc0) == 0x80) --keep;
    std::string words(text.substr(0, keep));
    for (char& c : words)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return keep < text.size() ? sentence({words, "..."}) : words;
}

} // namespace strata::inline STRATA_ABI::io
