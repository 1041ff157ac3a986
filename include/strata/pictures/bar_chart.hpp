#pragma once
/// bar_chart — one bar for each of several things, lying, so that long names stay readable; the picture grows
/// with their number.
///
///   strata::bar_chart{.title = "Recall", .bars = {{"cat", 0.91}, {"dog", 0.87}}}.save("recall.svg");
///
/// A bar whose number is not finite is left out and says so.
/// Errors   error where there are no bars; file_error from the file
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <strata/pictures/axis.hpp>
#include <strata/pictures/palette.hpp>
#include <strata/pictures/picture_file.hpp>
#include <strata/pictures/svg_text.hpp>
#include <strata/pictures/text_width.hpp>
#include <strata/pictures/title_lines.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI {

struct bar_chart {
    struct bar {
        std::string name;
        double value;
    };

    std::string title = {}, value_label = {};
    std::vector<bar> bars = {};
    double width = 560; ///< in pixels of CSS

    [[nodiscard, gnu::cold]] std::string to_svg() const { return draw({}); }
    [[gnu::cold]] void save(const std::string& path) const { pictures::save_picture(path, draw(path)); }

  private:
    [[gnu::cold]] std::string draw(std::string_view file) const {
        const pictures::picture_of what{"bar chart", title, file};
        if (bars.empty()) what.refuse({"has no bars. Give some, as .bars = {{\"cat\", 0.9}}."});
        if (bars.size() > 500) what.refuse({"has ", bars.size(), " bars, more than 500; draw their histogram."});
        if (!(width >= 160 && width <= 4000))
            what.refuse({"is ", pictures::decimal(width), " wide; give a .width from 160 to 4000."});
        constexpr double margin = 12, size = 12, small = 11, row = 24;
        pictures::number_range range;
        double names = 0, numbers = 0;
        for (const bar& b : bars) {
            range.add(b.value);
            names = std::max(names, pictures::text_width(b.name, size));
            numbers = std::max(numbers, pictures::text_width(words_of(b.value), small));
        }
        range.add(0);
        names = std::min(names, width * 0.45);
        pictures::axis x = pictures::axis_of(range, false, 0);
        const pictures::title_lines heading(title, width);
        const double top = margin + heading.height();
        const double bottom = top + static_cast<double>(bars.size()) * row + 4;
        const double left = margin + names + 8, right = width - margin - 4;
        // a bar's number stands at its end: the axis is shorter by that
        const double begin = left + (range.low < 0 ? numbers + 6 : 0), end = right - (range.high > 0 ? numbers + 6 : 0);
        if (end - begin < 30)
            what.refuse({"leaves no room for its bars beside its words. Give it a larger .width, or shorter names."});
        const auto at = [&](double value) { return begin + x.place(value) * (end - begin); };
        const double height = bottom + small + 6 + (value_label.empty() ? 0 : size + 6) + margin;
        pictures::svg_text svg(width, height, title.empty() ? std::string_view(what.kind) : title);
        heading.draw(svg, width);
        pictures::add_linear_ticks(x, std::max(1, static_cast<int>((end - begin) / 80)), false);
        for (const pictures::tick& t : x.ticks) {
            svg.line(at(t.at), top, at(t.at), bottom, "faint", pictures::svg_text::faint);
            svg.words(t.label, small, {{"x", at(t.at)}, {"y", bottom + small + 4}, {"text-anchor", "middle"}});
        }
        for (std::size_t i = 0; i < bars.size(); ++i) {
            const bar& b = bars[i];
            const double y = top + 4 + static_cast<double>(i) * row, middle = y + (row - 4) / 2;
            svg.words(pictures::fitted(b.name, size, names + 1), size,
                      {{"x", left - 8}, {"y", middle + size * 0.36}, {"text-anchor", "end"}});
            const bool is_number = pictures::number_range::shows(b.value, false);
            const double value = is_number ? b.value : 0;
            if (is_number)
                svg.element("rect", {{"x", std::min(at(0), at(value))},
                                     {"y", y},
                                     {"width", std::max(std::fabs(at(value) - at(0)), 0.5)},
                                     {"height", row - 4},
                                     {"fill", pictures::palette_names[0]}});
            const bool below = value < 0;
            svg.words(words_of(b.value), small,
                      {{"x", at(value) + (below ? -5 : 5)},
                       {"y", middle + small * 0.36},
                       {"text-anchor", below ? "end" : "start"}});
        }
        svg.line(at(0), top, at(0), bottom, "axis", pictures::svg_text::axis);
        if (!value_label.empty())
            svg.words(pictures::fitted(value_label, size, width - 2 * margin), size,
                      {{"x", (begin + end) / 2}, {"y", height - margin}, {"text-anchor", "middle"}});
        return svg.finish();
    }
    /// To four digits, or whole.
    [[nodiscard]] static std::string words_of(double x) {
        if (!pictures::number_range::shows(x, false)) return "not a number";
        const double size = std::fabs(x);
        if (size < pictures::number_range::least) return "0";
        const double unit = std::pow(10.0, std::floor(std::log10(size)) - 3);
        return pictures::tick_label(x, size < 1e6 && size >= 1000 ? 1 : unit, size);
    }
};

} // namespace strata::inline STRATA_ABI
