#pragma once
/// plot_frame — what plots have in common: title, legend, axes with ticks, grid and labels, and the rectangle
/// that is left.
#include <algorithm>
#include <cstddef>
#include <strata/pictures/files/picture_file.hpp>
#include <strata/pictures/svg/axis.hpp>
#include <strata/pictures/svg/palette.hpp>
#include <strata/pictures/svg/svg_text.hpp>
#include <strata/pictures/svg/text_width.hpp>
#include <strata/pictures/svg/title_lines.hpp>
#include <string>
#include <vector>

namespace strata::inline STRATA_ABI::pictures {

/// The mark of a group of points: its colour and its shape come from its number, shape and colour tell the
/// same.
[[gnu::cold]] inline void draw_mark(svg_text& svg, std::size_t group, double x, double y, double r) {
    const char* const colour = palette_names[group % palette_size];
    const auto path = [&](std::initializer_list<double> corners) {
        std::string d;
        for (const double* c = corners.begin(); c != corners.end(); c += 2)
            d += sentence({d.empty() ? "M" : "L", decimal(x + c[0] * r), " ", decimal(y + c[1] * r)});
        svg.element("path", {{"d", d + "Z"}, {"fill", colour}});
    };
    switch (group % 4) {
    case 0: svg.element("circle", {{"cx", x}, {"cy", y}, {"r", r}, {"fill", colour}}); break;
    case 1: path({-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9}); break;
    case 2: path({0, -1.25, 1.15, 0.85, -1.15, 0.85}); break;
    default: path({0, -1.3, 1.3, 0, 0, 1.3, -1.3, 0});
    }
}

struct plot_frame {
    enum class key { none, line, mark }; ///< how a legend shows what its names belong to

    picture_of what;
    std::string_view title, x_label, y_label;
    double width, height;
    axis x, y; ///< low, high and log
    bool whole_x = false, whole_y = false;
    std::vector<std::string> names = {}; ///< of the legend; without names there is none
    key keys = key::none;
    bool x_grid = true, y_grid = true;

    double headroom = 0; ///< to be left free above the rectangle

    double left = 0, right = 0, top = 0, bottom = 0; ///< of the rectangle, once it is placed
    static constexpr double margin = 12, text_size = 12, tick_size = 11, entry_gap = 18;

    [[nodiscard]] double at_x(double value) const { return left + x.place(value) * (right - left); }
    [[nodiscard]] double at_y(double value) const { return bottom - y.place(value) * (bottom - top); }

    /// Works out the rectangle, and the ticks.
    [[gnu::cold]] void place() {
        if (!(width >= 160 && width <= 4000 && height >= 120 && height <= 4000))
            what.refuse({"is ", decimal(width), " by ", decimal(height),
                         "; .width must be from 160 to 4000, and .height from 120 to 4000."});
        title_ = title_lines(title, width);
        legend_ = legend_rows();
        top = margin + title_.height() + 19 * static_cast<double>(legend_.size()) + 4 + headroom;
        bottom = height - margin - tick_size - 6 - (x_label.empty() ? 0 : text_size + 6);
        // how many labels have room depends on their widths, and the room for y's on y's
        y_ticks();
        double widest = 0;
        for (const tick& t : y.ticks) widest = std::max(widest, text_width(t.label, tick_size));
        left = margin + widest + 7 + (y_label.empty() ? 0 : text_size + 7);
        right = width - margin - 6;
        if (bottom - top < 30 || right - left < 30)
            what.refuse(
                {"has no room for its points next to the labels. Increase .width and .height, or shorten the labels."});
        x_ticks();
    }
    /// Draws everything around the rectangle, and the grid in it.
    [[nodiscard, gnu::cold]] svg_text draw() const {
        svg_text svg(width, height, title.empty() ? std::string_view(what.kind) : title);
        title_.draw(svg, width);
        draw_legend(svg);
        draw_axes(svg);
        return svg;
    }

    /// A part of the picture that shows nothing outside the rectangle; ends with svg.close("svg"). Within it
    /// the coordinates are the picture's.
    void open_rectangle(svg_text& svg) const {
        svg.open("svg", {{"x", left},
                         {"y", top},
                         {"width", right - left},
                         {"height", bottom - top},
                         {"viewBox", sentence({decimal(left), " ", decimal(top), " ", decimal(right - left), " ",
                                               decimal(bottom - top)})}});
    }

    /// The picture's own, which are worked out.
    title_lines title_ = {};
    std::vector<std::vector<std::size_t>> legend_ = {};

  private:
    void y_ticks() {
        const int count = std::max(2, static_cast<int>((bottom - top) / 50));
        y.log ? add_log_ticks(y, count) : add_linear_ticks(y, count, whole_y);
    }
    void x_ticks() {
        for (int count = std::max(2, static_cast<int>((right - left) / 60)); count >= 1; --count) {
            x.log ? add_log_ticks(x, count) : add_linear_ticks(x, count, whole_x);
            bool room = true;
            for (std::size_t i = 1; i < x.ticks.size(); ++i) {
                const double apart = at_x(x.ticks[i].at) - at_x(x.ticks[i - 1].at);
                const double taken =
                    text_width(x.ticks[i].label, tick_size) / 2 + text_width(x.ticks[i - 1].label, tick_size) / 2;
                room = room && taken + 8 <= apart;
            }
            if (room) return;
        }
    }
    void draw_axes(svg_text& svg) const {
        for (const double at : x.minor)
            if (x_grid) svg.line(at_x(at), top, at_x(at), bottom, "faint minor", "#eef1f4");
        for (const double at : y.minor)
            if (y_grid) svg.line(left, at_y(at), right, at_y(at), "faint minor", "#eef1f4");
        for (const tick& t : x.ticks) {
            const double at = at_x(t.at);
            if (x_grid) svg.line(at, top, at, bottom, "faint", svg_text::faint);
            svg.line(at, bottom, at, bottom + 4, "axis", svg_text::axis);
            const double half = text_width(t.label, tick_size) / 2; // the last must not leave the picture
            svg.words(
                t.label, tick_size,
                {{"x", std::min(at, width - 2 - half)}, {"y", bottom + 6 + tick_size}, {"text-anchor", "middle"}});
        }
        for (const tick& t : y.ticks) {
            const double at = at_y(t.at);
            if (y_grid) svg.line(left, at, right, at, "faint", svg_text::faint);
            svg.line(left - 4, at, left, at, "axis", svg_text::axis);
            svg.words(t.label, tick_size, {{"x", left - 7}, {"y", at + tick_size * 0.36}, {"text-anchor", "end"}});
        }
        svg.line(left, bottom, right, bottom, "axis", svg_text::axis);
        svg.line(left, top, left, bottom, "axis", svg_text::axis);
        if (!x_label.empty())
            svg.words(fitted(x_label, text_size, right - left), text_size,
                      {{"x", (left + right) / 2}, {"y", height - 12}, {"text-anchor", "middle"}});
        if (!y_label.empty()) {
            const double x0 = 12 + text_size * 0.8, y0 = (top + bottom) / 2;
            svg.words(fitted(y_label, text_size, bottom - top), text_size,
                      {{"text-anchor", "middle"},
                       {"transform", sentence({"translate(", decimal(x0), " ", decimal(y0), ") rotate(-90)"})}});
        }
    }
    /// The legend is in rows between title and rectangle, where nothing can be beneath it.
    [[nodiscard]] double sign_width() const { return keys == key::line ? 26 : 14; }
    [[nodiscard]] std::string name_of(std::size_t i) const {
        return fitted(names[i], text_size, width - 2 * margin - sign_width());
    }
    [[nodiscard]] double entry_width(std::size_t i) const { return sign_width() + text_width(name_of(i), text_size); }
    [[nodiscard]] std::vector<std::vector<std::size_t>> legend_rows() const {
        std::vector<std::vector<std::size_t>> rows;
        double taken = 0;
        for (std::size_t i = 0; keys != key::none && i < names.size(); ++i) {
            if (rows.empty() || taken + entry_gap + entry_width(i) > width - 2 * margin)
                rows.emplace_back(), taken = -entry_gap;
            rows.back().push_back(i), taken += entry_gap + entry_width(i);
        }
        return rows;
    }
    void draw_legend(svg_text& svg) const {
        double middle = margin + title_.height() + text_size * 0.5 + 2;
        for (const std::vector<std::size_t>& row : legend_) {
            double length = -entry_gap;
            for (const std::size_t i : row) length += entry_gap + entry_width(i);
            double at = (width - length) / 2;
            for (const std::size_t i : row) {
                if (keys == key::line) draw_line_key(svg, i, at, middle);
                else draw_mark(svg, i, at + 5, middle, 4.5);
                svg.words(name_of(i), text_size, {{"x", at + sign_width()}, {"y", middle + text_size * 0.36}});
                at += entry_width(i) + entry_gap;
            }
            middle += 19;
        }
    }
    static void draw_line_key(svg_text& svg, std::size_t i, double at, double middle) {
        svg.element("line", {{"x1", at},
                             {"y1", middle},
                             {"x2", at + 20},
                             {"y2", middle},
                             {"stroke", palette_names[i % palette_size]},
                             {"stroke-width", 2},
                             {"stroke-dasharray", palette_dashes[i / palette_size % 4]}});
    }
};

} // namespace strata::inline STRATA_ABI::pictures
