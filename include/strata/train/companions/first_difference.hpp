#pragma once
#include <strata/base/words/sentence.hpp>
#include <strata/io/beginning.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// What stands in the brackets of "conv<8, stride<2>>": "8" and "stride<2>". Commas within brackets or quotes separate
/// nothing.
[[nodiscard, gnu::cold, gnu::noinline]] inline std::vector<std::string_view> parts_of_spelling(std::string_view whole) {
    std::vector<std::string_view> parts;
    const std::size_t open = whole.find('<');
    if (open >= whole.size() || whole.back() != '>') return parts;
    const std::string_view inner = whole.substr(open + 1, whole.size() - open - 2);
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0, begin = 0; i <= inner.size(); ++i) {
        const char c = i < inner.size() ? inner[i] : ',';
        if (c == '"') quoted = !quoted;
        else if (!quoted && (c == '<' || c == '(')) ++depth;
        else if (!quoted && (c == '>' || c == ')')) --depth;
        if (i < inner.size() && (c != ',' || depth != 0 || quoted)) continue;
        while (begin < i && inner[begin] == ' ') ++begin;
        parts.push_back(inner.substr(begin, i - begin));
        begin = i + 1;
    }
    return parts;
}

/// Where the spellings of two networks differ first, as a clause: "layer 2 is dense<24> in the file
/// and dense<32> in the program". Blocks of the same kind are compared part by part.
[[nodiscard, gnu::cold, gnu::noinline]] inline std::string first_difference(std::string_view there,
                                                                            std::string_view here) {
    std::string where = "the network";
    for (int depth = 0; depth < 64; ++depth) {
        const auto old_parts = parts_of_spelling(there), parts = parts_of_spelling(here);
        const bool same_kind = there.substr(0, there.find('<')) == here.substr(0, here.find('<'));
        const bool is_long = there.size() > 40 || here.size() > 40;
        if (!same_kind || old_parts.empty() || parts.empty() || (depth > 0 && !is_long)) break;
        std::size_t i = 0;
        while (i < old_parts.size() && i < parts.size() && old_parts[i] == parts[i]) ++i;
        if (depth > 0) where = sentence({"part ", i + 1, " of ", here.substr(0, here.find('<')), " in ", where});
        else if (i == 0) where = "the input";
        else where = sentence({"layer ", i});
        there = i < old_parts.size() ? old_parts[i] : std::string_view();
        here = i < parts.size() ? parts[i] : std::string_view();
    }
    std::size_t same = 0; // characters; of a long beginning that both have, the end is enough
    while (same < there.size() && same < here.size() && there[same] == here[same]) ++same;
    std::size_t from = same > 30 ? same - 15 : 0;
    while (from > 0 && (static_cast<unsigned char>(there[from]) & 0xc0) == 0x80) --from; // within a character of UTF-8
    const auto words = [from](std::string_view text) {
        return text.empty() ? std::string("missing") : (from > 0 ? "..." : "") + io::beginning(text.substr(from));
    };
    return sentence({where, " is ", words(there), " in the file and ", words(here), " in the program"});
}

} // namespace strata::inline STRATA_ABI::detail
