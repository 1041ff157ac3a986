#pragma once
/// confusion_plot — a confusion matrix: cells with counts or percentages, coloured by their share of the row.
///
///   strata::confusion_plot{.title = "Test", .counts = result.get<strata::confusion_matrix<10>>(), .classes = names}
///       .save("test.svg");
///
/// A legend explains the colours.
/// Errors   error where there are no samples or names and classes do not fit; file_error from the file
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <strata/pictures/files/picture_file.hpp>
#include <strata/pictures/svg/palette.hpp>
#include <strata/pictures/svg/svg_text.hpp>
#include <strata/pictures/svg/text_width.hpp>
#include <strata/pictures/svg/title_lines.hpp>
#include <strata/train/metrics/counts/class_counts.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI {

struct confusion_plot {
    std::string title = {};
    class_counts counts = class_counts(0);
    std::vector<std::string> classes = {}; ///< their names; without them 0, 1, 2, ...
    bool shares = false;                   ///< the cells' numbers are percentages of their row, not counts

    [[nodiscard, gnu::cold]] std::string to_svg() const { return draw({}); }
    [[gnu::cold]] void save(const std::string& path) const { pictures::save_picture(path, draw(path)); }

  private:
    [[gnu::cold]] std::string draw(std::string_view file) const {
        const pictures::picture_of what{"confusion plot", title, file};
        const int n = counts.classes();
        if (n < 1 || counts.samples() == 0) what.refuse({"has no samples. Set .counts to a filled confusion_matrix."});
        if (n > 100) what.refuse({"has ", n, " classes; the maximum is 100."});
        if (!classes.empty() && classes.size() != static_cast<std::size_t>(n))
            what.refuse({"has ", n, " classes and ", classes.size(), " names. Give one name per class, or none."});
        // "not a number" is a row or a column only where it was met
        int rows = n, columns = n;
        for (int c = 0; c <= n; ++c) {
            if (counts(n, c) != 0) rows = n + 1;
            if (counts(c, n) != 0) columns = n + 1;
        }
        constexpr double margin = 12, size = 12, small = 11;
        const double font = n <= 20 ? 11.5 : 9;
        double names = 0, heads = 0, cell = n <= 20 ? 34 : 24;
        for (int c = 0; c < std::max(rows, columns); ++c) {
            const double name = std::min(pictures::text_width(name_of(c), size), 150.0);
            if (c < rows) names = std::max(names, name);
            if (c < columns) heads = std::max(heads, name);
            for (int p = 0; p < columns; ++p)
                cell = std::max(cell, pictures::text_width(words_of(counts(c, p), size_of_row(c)), font) + 8);
        }
        const bool upright = heads + 8 > cell; // names above the columns that are too wide are written upwards
        const double left = margin + size + 10 + names + 8, grid_width = columns * cell, grid_height = rows * cell;
        const std::string footer =
            sentence({counts.samples(), " samples, accuracy ", pictures::decimal(counts.accuracy(), 4)});
        const std::string legend =
            shares ? "colour and numbers: percent of the actual class" : "colour: share of the actual class";
        const double half =
            std::max(std::max(pictures::text_width(footer, size), pictures::text_width(legend, small)), 180.0) / 2;
        const double width = std::max(left + grid_width + margin, 2 * (half + margin));
        const pictures::title_lines heading(title, width);
        const double top = margin + heading.height() + size + 5 + (upright ? heads : size) + 10;
        const double height = top + grid_height + 8 + size + 16 + small + 20 + margin;
        pictures::svg_text svg(width, height, title.empty() ? std::string_view(what.kind) : title);
        heading.draw(svg, width);
        svg.words(
            "predicted", size,
            {{"x", left + grid_width / 2}, {"y", top - (upright ? heads : size) - 14}, {"text-anchor", "middle"}});
        svg.words("actual", size,
                  {{"text-anchor", "middle"},
                   {"transform", sentence({"translate(", pictures::decimal(margin + size), " ",
                                           pictures::decimal(top + grid_height / 2), ") rotate(-90)"})}});
        for (int p = 0; p < columns; ++p) {
            const double x = left + (p + 0.5) * cell;
            const std::string words = pictures::fitted(name_of(p), size, 150);
            if (upright)
                svg.words(words, size,
                          {{"transform", sentence({"translate(", pictures::decimal(x + size * 0.36), " ",
                                                   pictures::decimal(top - 6), ") rotate(-90)"})}});
            else svg.words(words, size, {{"x", x}, {"y", top - 7}, {"text-anchor", "middle"}});
        }
        for (int a = 0; a < rows; ++a) {
            const double y = top + a * cell;
            svg.words(pictures::fitted(name_of(a), size, 150), size,
                      {{"x", left - 8}, {"y", y + cell / 2 + size * 0.36}, {"text-anchor", "end"}});
            for (int p = 0; p < columns; ++p)
                draw_cell(svg, left + p * cell, y, cell, font, counts(a, p), size_of_row(a));
        }
        svg.element("rect", {{"class", "axis"},
                             {"x", left},
                             {"y", top},
                             {"width", grid_width},
                             {"height", grid_height},
                             {"fill", "none"},
                             {"stroke", pictures::svg_text::axis}});
        const double middle = std::min(left + grid_width / 2, width - margin - half), below = top + grid_height + 8;
        svg.words(footer, size, {{"x", middle}, {"y", below + size}, {"text-anchor", "middle"}});
        svg.words(legend, small, {{"x", middle}, {"y", below + size + 10 + small}, {"text-anchor", "middle"}});
        draw_legend(svg, middle, below + size + 16 + small, small);
        return svg.finish();
    }
    [[nodiscard]] std::string name_of(int c) const {
        if (c == counts.classes()) return "not a number";
        return classes.empty() ? sentence({c}) : classes[static_cast<std::size_t>(c)];
    }
    /// How many samples are of class c.
    [[nodiscard]] long long size_of_row(int c) const {
        long long samples = 0;
        for (int p = 0; p <= counts.classes(); ++p) samples += counts(c, p);
        return samples;
    }
    [[nodiscard]] static double share_of(long long count, long long of_row) {
        return of_row == 0 ? 0 : static_cast<double>(count) / static_cast<double>(of_row);
    }
    /// A count; or "12.5", percent, of which 0 and 100 are exact.
    [[nodiscard]] std::string words_of(long long count, long long of_row) const {
        if (!shares) return sentence({count});
        if (count == of_row) return "100";
        const double percent = 100 * share_of(count, of_row);
        if (percent < 0.05) return "<0.1";
        if (percent >= 99.95) return ">99.9";
        const std::string digits = pictures::decimal(percent, 1);
        return digits.find('.') == std::string::npos ? digits + ".0" : digits;
    }
    /// From white (none of the row) to dark blue (all of it): a few mistakes in a row of many samples must not look
    /// like none.
    [[nodiscard]] static std::string colour_of(double share) {
        return pictures::hexadecimal(pictures::mixed({247, 251, 255}, {8, 48, 107}, std::sqrt(share)));
    }
    /// Its number stays in sight on both: the words change colour where the ground is half dark.
    void draw_cell(pictures::svg_text& svg, double x, double y, double cell, double font, long long count,
                   long long of_row) const {
        const double share = share_of(count, of_row);
        svg.element("rect", {{"x", x},
                             {"y", y},
                             {"width", cell},
                             {"height", cell},
                             {"fill", colour_of(share)},
                             {"stroke", "#ffffff"},
                             {"stroke-width", 0.8}});
        if (count != 0)
            svg.fixed_words(words_of(count, of_row), {{"x", x + cell / 2},
                                                      {"y", y + cell / 2 + font * 0.36},
                                                      {"text-anchor", "middle"},
                                                      {"font-size", font},
                                                      {"fill", share > 0.35 ? "#ffffff" : "#24292f"}});
    }
    /// The colours from none to all of a row.
    static void draw_legend(pictures::svg_text& svg, double middle, double y, double font) {
        constexpr int strips = 25;
        constexpr double length = 100, high = 12;
        for (int i = 0; i < strips; ++i)
            svg.element("rect", {{"x", middle - length / 2 + i * length / strips},
                                 {"y", y},
                                 {"width", length / strips + (i + 1 < strips ? 0.5 : 0)},
                                 {"height", high},
                                 {"fill", colour_of((i + 0.5) / strips)}});
        svg.element("rect", {{"class", "axis"},
                             {"x", middle - length / 2},
                             {"y", y},
                             {"width", length},
                             {"height", high},
                             {"fill", "none"},
                             {"stroke", pictures::svg_text::axis},
                             {"stroke-width", 0.5}});
        svg.words("0 %", font, {{"x", middle - length / 2 - 6}, {"y", y + high - 2}, {"text-anchor", "end"}});
        svg.words("100 %", font, {{"x", middle + length / 2 + 6}, {"y", y + high - 2}});
    }
};

} // namespace strata::inline STRATA_ABI
