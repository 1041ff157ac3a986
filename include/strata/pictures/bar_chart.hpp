#pragma once
/// bar_chart — horizontal bars, one per item, with its number inside or at the end of the bar.
///
///   strata::bar_chart{.title = "Recall", .bars = {{"cat", 0.91}, {"dog", 0.87}}}.save("recall.svg");
///
/// Long names continue on the next line, and the picture grows with the number of bars. A bar whose number is not
/// finite is left out and says so.
/// Errors   error where there are no bars; file_error from the file
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <strata/pictures/files/picture_file.hpp>
#include <strata/pictures/svg/axis.hpp>
#include <strata/pictures/svg/palette.hpp>
#include <strata/pictures/svg/svg_text.hpp>
#include <strata/pictures/svg/text_width.hpp>
#include <strata/pictures/svg/title_lines.hpp>
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
        if (bars.empty()) what.refuse({"has no bars. Set .bars, for example to {{\"cat\", 0.9}}."});
        if (bars.size() > 500)
            what.refuse({"has ", bars.size(), " bars; the maximum is 500. Draw a histogram instead."});
        if (!(width >= 160 && width <= 4000))
            what.refuse({"is ", pictures::decimal(width), " wide; .width must be from 160 to 4000."});
        constexpr double margin = 12, size = 12, small = 11, line = 15, gap = 5;
        pictures::number_range range;
        double names = 0;
        for (const bar& b : bars) {
            range.add(b.value);
            names = std::max(names, pictures::text_width(b.name, size));
        }
        range.add(0);
        names = std::min(names, width * 0.45);
        std::vector<std::vector<std::string>> lines; // of the names
        std::vector<double> tops{4};                 // of the bars, below the rectangle's top, and the end of the last
        for (const bar& b : bars) {
            lines.push_back(pictures::wrapped(b.name, size, names + 1));
            tops.push_back(tops.back() + std::max(24.0, static_cast<double>(lines.back().size()) * line + 8));
        }
        pictures::axis x = pictures::axis_of(range, false, 0);
        const pictures::title_lines heading(title, width);
        const double top = margin + heading.height(), bottom = top + tops.back();
        const double left = margin + names + 8, right = width - margin - 4;
        // A number stands inside the end of its bar, or behind it where the bar is too short. The axis is shorter where
        // one would leave the picture.
        double begin = left, end = right;
        const auto at = [&](double value) { return begin + x.place(value) * (end - begin); };
        const auto value_of = [](const bar& b) { return pictures::number_range::shows(b.value, false) ? b.value : 0; };
        const auto is_inside = [&](const bar& b) {
            return std::fabs(at(value_of(b)) - at(0)) >= pictures::text_width(words_of(b.value), small) + 2 * gap;
        };
        for (int round = 0; round < 20 && end - begin >= 30; ++round) {
            double too_far_left = 0, too_far_right = 0;
            for (const bar& b : bars) {
                if (is_inside(b)) continue;
                const double length = pictures::text_width(words_of(b.value), small) + gap, from = at(value_of(b));
                if (value_of(b) < 0) too_far_left = std::max(too_far_left, left - (from - length));
                else too_far_right = std::max(too_far_right, from + length - right);
            }
            if (too_far_left <= 0 && too_far_right <= 0) break;
            begin += too_far_left + 0.5, end -= too_far_right + 0.5;
        }
        if (end - begin < 30)
            what.refuse({"has no room for its bars next to the labels. Increase .width, or shorten the names."});
        const double height = bottom + small + 6 + (value_label.empty() ? 0 : size + 6) + margin;
        pictures::svg_text svg(width, height, title.empty() ? std::string_view(what.kind) : title);
        heading.draw(svg, width);
        pictures::add_linear_ticks(x, std::max(1, static_cast<int>((end - begin) / 80)), false);
        for (const pictures::tick& t : x.ticks) {
            svg.line(at(t.at), top, at(t.at), bottom, "faint", pictures::svg_text::faint);
            const double half = pictures::text_width(t.label, small) / 2; // the last must not leave the picture
            svg.words(
                t.label, small,
                {{"x", std::min(at(t.at), width - 2 - half)}, {"y", bottom + small + 4}, {"text-anchor", "middle"}});
        }
        for (std::size_t i = 0; i < bars.size(); ++i) {
            const bar& b = bars[i];
            const double y = top + tops[i], high = tops[i + 1] - tops[i] - 4, middle = y + high / 2;
            const double first = middle - static_cast<double>(lines[i].size() - 1) * line / 2;
            for (std::size_t k = 0; k < lines[i].size(); ++k)
                svg.words(lines[i][k], size,
                          {{"x", left - 8},
                           {"y", first + static_cast<double>(k) * line + size * 0.36},
                           {"text-anchor", "end"}});
            const double value = value_of(b);
            if (pictures::number_range::shows(b.value, false))
                svg.element("rect", {{"x", std::min(at(0), at(value))},
                                     {"y", y},
                                     {"width", std::max(std::fabs(at(value) - at(0)), 0.5)},
                                     {"height", high},
                                     {"fill", pictures::palette_names[0]}});
            const bool below = value < 0, inside = is_inside(b);
            const pictures::svg_text::attribute place{"x", at(value) + (below == inside ? gap : -gap)},
                base{"y", middle + small * 0.36}, anchor{"text-anchor", below == inside ? "start" : "end"};
            if (inside)
                svg.fixed_words(words_of(b.value), {place, base, anchor, {"font-size", small}, {"fill", "#ffffff"}});
            else svg.words(words_of(b.value), small, {place, base, anchor});
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
