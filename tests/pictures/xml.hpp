#pragma once
/// What tests of pictures need: a reader of XML that fails the test where the text is not well-formed.
#include "catch.hpp"
#include <cctype>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace strata_tests {

struct element {
    std::string name;
    std::map<std::string, std::string> attributes; ///< with entities as they are written
    std::string text;                              ///< its own, in the same way

    [[nodiscard]] double number(const std::string& attribute) const {
        const auto found = attributes.find(attribute);
        REQUIRE(found != attributes.end());
        return std::stod(found->second);
    }
    [[nodiscard]] std::string at(const std::string& attribute) const {
        const auto found = attributes.find(attribute);
        return found == attributes.end() ? std::string() : found->second;
    }
};

/// All elements in the order of their start tags.
inline std::vector<element> read_xml(const std::string& text) {
    std::vector<element> all;
    std::vector<std::size_t> open;
    std::size_t at = 0;
    const auto skip_blanks = [&] {
        while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at]))) ++at;
    };
    const auto word = [&] {
        const std::size_t from = at;
        while (at < text.size()
               && (std::isalnum(static_cast<unsigned char>(text[at])) || text[at] == '-' || text[at] == ':'))
            ++at;
        REQUIRE(at > from);
        return text.substr(from, at - from);
    };
    const auto check_words = [](const std::string& words) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto code = static_cast<unsigned char>(words[i]);
            REQUIRE((code >= 0x20 || code == '\n' || code == '\t'));
            REQUIRE(words[i] != '<');
            if (words[i] != '&') continue;
            const std::string entity = words.substr(i, words.find(';', i) - i + 1);
            REQUIRE((entity == "&amp;" || entity == "&lt;" || entity == "&gt;" || entity == "&quot;"));
        }
    };
    while (at < text.size()) {
        if (text[at] != '<') {
            const std::size_t end = text.find('<', at);
            const std::string words = text.substr(at, end == std::string::npos ? end : end - at);
            check_words(words);
            if (!open.empty()) all[open.back()].text += words;
            else REQUIRE(words.find_first_not_of(" \n") == std::string::npos);
            at += words.size();
        } else if (text[at + 1] == '/') {
            at += 2;
            REQUIRE_FALSE(open.empty());
            REQUIRE(word() == all[open.back()].name);
            REQUIRE(text[at++] == '>');
            open.pop_back();
        } else {
            REQUIRE((!open.empty() || all.empty())); // one root
            ++at;
            element e{word(), {}, {}};
            for (skip_blanks(); at < text.size() && text[at] != '>' && text[at] != '/'; skip_blanks()) {
                const std::string name = word();
                REQUIRE(text.substr(at, 2) == "=\"");
                const std::size_t end = text.find('"', at + 2);
                REQUIRE(end != std::string::npos);
                const std::string value = text.substr(at + 2, end - at - 2);
                check_words(value);
                REQUIRE(e.attributes.emplace(name, value).second); // not twice
                at = end + 1;
            }
            const bool empty = text[at] == '/';
            at += empty ? 1 : 0;
            REQUIRE(text[at++] == '>');
            all.push_back(e);
            if (!empty) open.push_back(all.size() - 1);
        }
    }
    REQUIRE(open.empty());
    return all;
}

inline std::vector<element> named(const std::vector<element>& all, const std::string& name) {
    std::vector<element> some;
    for (const element& e : all)
        if (e.name == name) some.push_back(e);
    return some;
}
/// The words of a picture.
inline std::vector<std::string> words_in(const std::string& svg) {
    std::vector<std::string> words;
    for (const element& e : named(read_xml(svg), "text")) words.push_back(e.text);
    return words;
}
inline bool has(const std::vector<std::string>& words, const std::string& word) {
    for (const std::string& w : words)
        if (w == word) return true;
    return false;
}

/// The points of a path.
inline std::vector<std::pair<double, double>> points_of(const std::string& path) {
    std::vector<std::pair<double, double>> points;
    for (std::size_t at = 0; at < path.size();) {
        if (path[at] == 'M' || path[at] == 'L') {
            std::size_t used = 0;
            const double x = std::stod(path.substr(at + 1), &used);
            points.emplace_back(x, std::stod(path.substr(at + 1 + used)));
        }
        at = path.find_first_of("ML", at + 1);
    }
    return points;
}

} // namespace strata_tests
