#pragma once
#include <strata/base/words/display_width.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI::pictures {

/// About how wide a text is, in units of the picture. Nobody knows what font a picture will be seen in, so
/// these are widths of DejaVu Sans, one of the widest.
[[nodiscard, gnu::cold]] inline double text_width(std::string_view text, double size) {
    double width = 0;
    while (!text.empty()) {
        const text_cluster c = first_cluster(text);
        const auto is_one_of = [&](std::string_view set) {
            return c.code < 0x80 && set.find(static_cast<char>(c.code)) != std::string_view::npos;
        };
        if (c.columns == 0) width += 0;
        else if (c.columns == 2) width += 1.1;   // square characters and emoji
        else if (c.code >= 0x2000) width += 0.9; // arrows and other symbols
        else if (is_one_of("ijl|'")) width += 0.29;
        else if (is_one_of("I .,:;!/\\-()[]frt")) width += 0.38;
        else if (is_one_of("mwMW@%&")) width += 0.95;
        else if (is_one_of("+=<>~_#") || (c.code >= 'A' && c.code <= 'Z')) width += 0.76;
        else width += c.code < 0x250 ? 0.62 : 0.7;
        text.remove_prefix(c.bytes);
    }
    return width * size;
}

/// As much of the text's beginning as fits: whole characters with their accents.
[[nodiscard, gnu::cold]] inline std::string_view cut_to_room(std::string_view text, double size, double room) {
    std::size_t bytes = 0;
    for (double taken = 0; bytes < text.size();) {
        const std::size_t next = first_cluster(text.substr(bytes)).bytes;
        taken += text_width(text.substr(bytes, next), size);
        if (taken > room + 1e-6) break; // rounding
        bytes += next;
    }
    return text.substr(0, bytes);
}

/// The text, or as much of its beginning as fits, with an ellipsis.
[[nodiscard, gnu::cold]] inline std::string fitted(std::string_view text, double size, double room) {
    if (text_width(text, size) <= room) return std::string(text);
    return std::string(cut_to_room(text, size, room - size)) + "\xe2\x80\xa6";
}

/// The text in lines that fit, broken at blanks and line ends, and within a word that is too long for a line. Of more
/// than `most` lines the last that is kept ends with an ellipsis.
[[nodiscard, gnu::cold]] inline std::vector<std::string> wrapped(std::string_view text, double size, double room,
                                                                 std::size_t most = static_cast<std::size_t>(-1)) {
    std::vector<std::string> lines;
    std::string line;
    const auto end_line = [&] { lines.push_back(line), line.clear(); };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find_first_of(" \n", at);
        std::string_view word = text.substr(at, end == std::string_view::npos ? end : end - at);
        if (!line.empty() && text_width(line + " " + std::string(word), size) > room) end_line();
        else if (!line.empty()) line += " ";
        while (text_width(word, size) > room && line.empty()) {
            std::string_view part = cut_to_room(word, size, room);
            if (part.empty()) part = word.substr(0, first_cluster(word).bytes); // wider than the line
            if (part.size() == word.size()) break;
            line = part, end_line();
            word.remove_prefix(part.size());
        }
        line += word;
        if (end == std::string_view::npos) break;
        if (text[end] == '\n') end_line();
        at = end + 1;
    }
    if (!line.empty()) end_line();
    if (lines.size() > most && most > 0) {
        lines.resize(most);
        lines.back() = std::string(cut_to_room(lines.back(), size, room - size)) + "\xe2\x80\xa6";
    }
    return lines;
}

} // namespace strata::inline STRATA_ABI::pictures
