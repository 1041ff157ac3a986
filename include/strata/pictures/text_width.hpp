#pragma once
#include <strata/base/abi.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI::pictures {

/// About how wide a text is, in units of the picture. Nobody knows what font a picture will be seen in, so
/// these are widths of DejaVu Sans, one of the widest.
[[nodiscard, gnu::cold]] inline double text_width(std::string_view text, double size) {
    double width = 0;
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if ((code & 0xc0) == 0x80) continue; // within a character
        const auto is_one_of = [c](std::string_view set) { return set.find(c) != std::string_view::npos; };
        if (code >= 0xe3) width += 1.0; // scripts with square characters, and symbols
        else if (is_one_of("ijl|'")) width += 0.29;
        else if (is_one_of("I .,:;!/\\-()[]frt")) width += 0.38;
        else if (is_one_of("mwMW@%&")) width += 0.95;
        else if (is_one_of("+=<>~_#") || (code >= 'A' && code <= 'Z')) width += 0.76;
        else width += 0.62;
    }
    return width * size;
}

/// The text, or as much of its beginning as fits, with an ellipsis.
[[nodiscard, gnu::cold]] inline std::string fitted(std::string_view text, double size, double room) {
    if (text_width(text, size) <= room) return std::string(text);
    while (!text.empty() && text_width(text, size) + size > room) {
        do text.remove_suffix(1);
        while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0x80) != 0
               && (static_cast<unsigned char>(text.back()) & 0xc0) != 0xc0);
        if (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0) == 0xc0) text.remove_suffix(1);
    }
    return std::string(text) + "\xe2\x80\xa6";
}

/// The text in lines that fit, broken at blanks and line ends; a word that does not fit is cut.
[[nodiscard, gnu::cold]] inline std::vector<std::string> wrapped(std::string_view text, double size, double room) {
    std::vector<std::string> lines;
    std::string line;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find_first_of(" \n", at);
        const std::string_view word = text.substr(at, end == std::string_view::npos ? end : end - at);
        const std::string longer = line.empty() ? std::string(word) : line + " " + std::string(word);
        if (line.empty() || text_width(longer, size) <= room) line = longer;
        else lines.push_back(fitted(line, size, room)), line = word;
        if (end == std::string_view::npos) break;
        if (text[end] == '\n') lines.push_back(fitted(line, size, room)), line.clear();
        at = end + 1;
    }
    if (!line.empty()) lines.push_back(fitted(line, size, room));
    return lines;
}

} // namespace strata::inline STRATA_ABI::pictures
