#pragma once
/// near_names — which names may be meant by one that is not there, for a message: `Did you mean '0.weight'? `, or
/// nothing where none is near. Near are names of few other characters (upper and lower case count as the same), and
/// those that hold the wrong one or are a part of it; at most three, the nearest first.
#include <strata/base/words/near_text.hpp>
#include <strata/base/words/sentence.hpp>

#include <span>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI::core {

/// letters_apart of two names of any length: what they begin and end with alike is left out.
template <class = void>
[[gnu::cold, gnu::noinline]] int names_apart(std::string_view a, std::string_view b, int most) {
    std::string x, y; // in lower case
    for (const char c : a) x += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const char c : b) y += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    while (!x.empty() && !y.empty() && x.back() == y.back()) x.pop_back(), y.pop_back();
    std::size_t alike = 0;
    while (alike < x.size() && alike < y.size() && x[alike] == y[alike]) ++alike;
    if (alike == x.size() || alike == y.size()) {
        const int rest = static_cast<int>(x.size() + y.size() - 2 * alike);
        return rest < most + 1 ? rest : most + 1;
    }
    return letters_apart(x.c_str() + alike, y.c_str() + alike, most);
}

template <class = void>
[[nodiscard, gnu::cold, gnu::noinline]] std::string near_names(std::string_view wrong,
                                                               std::span<const std::string_view> names) {
    constexpr std::size_t most = 3, longest = 200;
    std::string_view nearest[most];
    int distances[most] = {};
    std::size_t found = 0;
    for (const std::string_view name : names) {
        if (wrong.empty() || name.empty() || wrong.size() > longest || name.size() > longest) continue;
        bool printable = true; // names may come from a file
        for (const char c : name) printable = printable && static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
        if (!printable) continue;
        const std::size_t longer = wrong.size() < name.size() ? name.size() : wrong.size();
        const std::size_t shorter = wrong.size() + name.size() - longer;
        const bool holds = shorter >= 3 && (name.find(wrong) != name.npos || wrong.find(name) != wrong.npos);
        const int farthest = static_cast<int>(1 + longer / 4);
        const int distance = names_apart(wrong, name, farthest); // one more where it is farther
        if (!holds && (distance > farthest || distance >= static_cast<int>(shorter))) continue;
        std::size_t at = found; // an insertion into a sorted list; what falls off its end is forgotten
        while (at > 0 && distances[at - 1] > distance) --at;
        if (at == most) continue;
        if (found < most) ++found;
        for (std::size_t k = found - 1; k > at; --k) nearest[k] = nearest[k - 1], distances[k] = distances[k - 1];
        nearest[at] = name, distances[at] = distance;
    }
    std::string words;
    for (std::size_t i = 0; i < found; ++i)
        words += sentence({i == 0 ? "Did you mean '" : i + 1 < found ? "', '" : "' or '", nearest[i]});
    return found == 0 ? words : words + "'? ";
}

} // namespace strata::inline STRATA_ABI::core
