#pragma once
#include <cstddef>
#include <strata/pictures/svg/svg_text.hpp>
#include <strata/pictures/svg/text_width.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI::pictures {

/// title_lines — a picture's title, broken into lines that fit its width.
struct title_lines {
    static constexpr double margin = 12, size = 15, line = 20;

    std::vector<std::string> lines = {};

    title_lines() = default;
    /// Bold letters are wider.
    title_lines(std::string_view title, double width) : lines(wrapped(title, size * 1.13, width - 2 * margin)) {}

    /// What it takes of the picture below the margin.
    [[nodiscard]] double height() const { return lines.empty() ? 0 : static_cast<double>(lines.size()) * line + 5; }
    [[gnu::cold]] void draw(svg_text& svg, double width) const {
        for (std::size_t i = 0; i < lines.size(); ++i)
            svg.words(lines[i], size,
                      {{"x", width / 2},
                       {"y", margin + size + static_cast<double>(i) * line},
                       {"text-anchor", "middle"},
                       {"font-weight", "bold"}});
    }
};

} // namespace strata::inline STRATA_ABI::pictures
