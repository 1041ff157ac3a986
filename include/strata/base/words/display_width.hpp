#pragma once
/// display_width — how many columns a UTF-8 text takes in a terminal, and cutting and padding by columns: never within
/// a character, nor between a letter and its accents, nor within an emoji of several parts.
///
/// A byte that is not UTF-8 is a character of one column.
/// Source   RFC 3629 (UTF-8); UAX #29 and UTS #51 (what stays together), simplified
#include <strata/base/words/character_columns.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI {

/// A character with what belongs to it: accents, variation selectors, the parts of an emoji.
struct text_cluster {
    std::size_t bytes;
    int columns;
    std::uint32_t code; ///< of the first character; that of U+FFFD where it is not UTF-8
};

namespace detail {

struct decoded_character {
    std::uint32_t code;
    std::size_t bytes;
    bool valid;
};

/// The first character of a text that has one.
[[nodiscard, gnu::cold, gnu::noinline]] inline decoded_character first_character(std::string_view text) {
    const auto byte = [&](std::size_t i) -> std::uint32_t { return static_cast<unsigned char>(text[i]); };
    const std::uint32_t first = byte(0);
    if (first < 0x80) return {first, 1, true};
    const std::size_t length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || length > text.size()) return {0xfffd, 1, false};
    std::uint32_t code = first & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {0xfffd, 1, false};
        code = code << 6 | (byte(i) & 0x3f);
    }
    constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < least[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return {0xfffd, 1, false};
    return {code, length, true};
}

} // namespace detail

/// The first cluster of a text that is not empty.
[[nodiscard, gnu::cold, gnu::noinline]] inline text_cluster first_cluster(std::string_view text) {
    const detail::decoded_character first = detail::first_character(text);
    text_cluster c{first.bytes, character_columns(first.code), first.code};
    const auto is_flag = [](std::uint32_t code) { return code >= 0x1f1e6 && code <= 0x1f1ff; };
    constexpr std::uint32_t joiner = 0x200d, as_emoji = 0xfe0f;
    if (first.code < 0x20 || !first.valid) return c;
    for (bool joined = false, paired = false; c.bytes < text.size();) {
        const detail::decoded_character next = detail::first_character(text.substr(c.bytes));
        const bool skin = next.code >= 0x1f3fb && next.code <= 0x1f3ff && c.columns == 2;
        const bool second_of_flag = is_flag(first.code) && is_flag(next.code) && !paired;
        if (!next.valid || !(joined || skin || second_of_flag || character_columns(next.code) == 0)) break;
        if (next.code == as_emoji && c.columns == 1) c.columns = 2;
        if (second_of_flag) c.columns = 2, paired = true;
        joined = next.code == joiner && (c.columns == 2 || first.code >= 0x2190);
        c.bytes += next.bytes;
    }
    return c;
}

[[nodiscard, gnu::cold, gnu::noinline]] inline std::size_t display_width(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) {
        const text_cluster c = first_cluster(text);
        columns += static_cast<std::size_t>(c.columns);
        text.remove_prefix(c.bytes);
    }
    return columns;
}

/// As much of the text's beginning as takes at most so many columns.
[[nodiscard, gnu::cold, gnu::noinline]] inline std::string_view cut_to_width(std::string_view text,
                                                                             std::size_t columns) {
    std::size_t bytes = 0;
    while (bytes < text.size()) {
        const text_cluster c = first_cluster(text.substr(bytes));
        if (static_cast<std::size_t>(c.columns) > columns) break;
        columns -= static_cast<std::size_t>(c.columns);
        bytes += c.bytes;
    }
    return text.substr(0, bytes);
}

/// The text, or as much of it that with "..." behind it takes at most so many columns.
[[nodiscard, gnu::cold, gnu::noinline]] inline std::string shortened_to_width(std::string_view text,
                                                                              std::size_t columns) {
    if (cut_to_width(text, columns).size() == text.size()) return std::string(text);
    return std::string(cut_to_width(text, columns < 3 ? 0 : columns - 3)).append("...", columns < 3 ? columns : 3);
}

/// The text with blanks before it, or behind it, such that it takes at least so many columns.
[[nodiscard, gnu::cold, gnu::noinline]] inline std::string padded_to_width(std::string_view text, std::size_t columns,
                                                                           bool to_the_right = false) {
    const std::size_t taken = display_width(text);
    std::string blanks(columns > taken ? columns - taken : 0, ' ');
    return to_the_right ? blanks.append(text) : std::string(text).append(blanks);
}

} // namespace strata::inline STRATA_ABI
