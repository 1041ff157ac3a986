#pragma once
/// palette — colours that people with any kind of colour vision tell apart, on white and on a dark ground.
/// Source   Okabe, Ito: Color Universal Design, 2008 (without its black and its yellow, which one of the
/// grounds swallows)
#include <strata/base/abi.hpp>

#include <cstddef>
#include <string>

namespace strata::inline STRATA_ABI::pictures {

struct colour {
    unsigned char red, green, blue;
};

inline constexpr const char* palette_names[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                "#e69f00", "#56b4e9", "#7f7f7f"};
inline constexpr colour palette_colours[] = {{0, 114, 178}, {213, 94, 0},   {0, 158, 115},  {204, 121, 167},
                                             {230, 159, 0}, {86, 180, 233}, {127, 127, 127}};
inline constexpr std::size_t palette_size = 7;
/// Beyond the last colour they begin again, with the next of these.
inline constexpr const char* palette_dashes[] = {"none", "6 3", "2 2", "8 3 2 3"};

/// The mixture of two colours: `share` of the second.
constexpr colour mixed(colour a, colour b, double share) {
    const auto between = [share](unsigned char x, unsigned char y) {
        return static_cast<unsigned char>(x + (y - x) * share + 0.5);
    };
    return {between(a.red, b.red), between(a.green, b.green), between(a.blue, b.blue)};
}

/// "#0072b2"
[[nodiscard, gnu::cold]] inline std::string hexadecimal(colour c) {
    std::string text = "#";
    for (const unsigned char byte : {c.red, c.green, c.blue})
        text += "0123456789abcdef"[byte >> 4], text += "0123456789abcdef"[byte & 15];
    return text;
}

} // namespace strata::inline STRATA_ABI::pictures
