#pragma once
/// line_plot — curves over one pair of axes.
///
///   strata::line_plot{.title = "Loss", .x_label = "epoch",
///                     .series = {{"training", losses}, {"held-out", others}},
///                     .markers = {{7, "best"}}, .log_y = true}.save("loss.svg");
///
/// A point that is not finite, or not above zero on a logarithmic axis, is a gap. Where there are more points than
/// pixel columns, each column keeps its first, last, lowest and highest point.
/// Errors   error where there is nothing to draw or numbers do not fit together; file_error from the file
/// Source   Jugel et al.: M4, a visualization-oriented time series data aggregation, VLDB 2014 (the points of a column)
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <strata/pictures/svg/plot_frame.hpp>
#include <strata/pictures/svg/plot_numbers.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI {

struct line_plot {
    /// The points (x, y) of a curve in their order; without x they are 1, 2, 3, ...
    struct curve {
        std::string name;
        plot_numbers y;
        plot_numbers x = {};
    };
    /// A dashed vertical line with a few words above it.
    struct marker {
        double x;
        std::string label = {};
    };
    /// A shaded range of x with a few words above it.
    struct band {
        double from, to;
        std::string label = {};
    };

    std::string title = {}, x_label = {}, y_label = {};
    std::vector<curve> series = {};
    std::vector<marker> markers = {};
    std::vector<band> bands = {};
    bool log_x = false, log_y = false;
    double width = 640, height = 400; ///< in pixels of CSS

    [[nodiscard, gnu::cold]] std::string to_svg() const { return draw({}); }
    [[gnu::cold]] void save(const std::string& path) const { pictures::save_picture(path, draw(path)); }

  private:
    struct point {
        double x, y;
    };
    struct label {
        std::string words;
        double left;
        int row; ///< from the rectangle upwards
    };
    static constexpr double label_row = 15;
    static double x_of(const curve& c, std::size_t i) { return c.x.empty() ? static_cast<double>(i + 1) : c.x[i]; }

    [[gnu::cold]] std::string draw(std::string_view file) const {
        const pictures::picture_of what{"line plot", title, file};
        if (series.empty()) what.refuse({"has no series. Set .series, for example to {{\"training\", numbers}}."});
        pictures::number_range xs, ys;
        for (const curve& c : series) {
            if (c.y.empty())
                what.refuse({"has a series '", c.name, "' without numbers. Remove it, or add its numbers."});
            if (!c.x.empty() && c.x.size() != c.y.size())
                what.refuse({"has a series '", c.name, "' of ", c.y.size(), " y values and ", c.x.size(),
                             " x values. Use the same number of both."});
            for (std::size_t i = 0; i < c.y.size(); ++i)
                if (shows(x_of(c, i), c.y[i])) xs.add(x_of(c, i), log_x), ys.add(c.y[i], log_y);
        }
        if (xs.empty())
            what.refuse({"has no points to draw: none is finite",
                         log_x || log_y ? ", or none is above zero on a logarithmic axis." : ".",
                         " Did the training diverge?"});
        const bool whole = xs.whole;
        for (const marker& m : markers) xs.add(m.x, log_x);
        for (const band& b : bands) xs.add(b.from, log_x), xs.add(b.to, log_x);
        pictures::plot_frame frame{.what = what,
                                   .title = title,
                                   .x_label = x_label,
                                   .y_label = y_label,
                                   .width = width,
                                   .height = height,
                                   .x = pictures::axis_of(xs, log_x, 0.02),
                                   .y = pictures::axis_of(ys, log_y, 0.05),
                                   .whole_x = whole,
                                   .keys = pictures::plot_frame::key::line};
        for (const curve& c : series) frame.names.push_back(c.name);
        if (series.size() == 1 && series[0].name.empty()) frame.names.clear();
        frame.place();
        const std::vector<label> labels = arranged(frame);
        for (const label& l : labels) frame.headroom = std::max(frame.headroom, label_row * (l.row + 1));
        frame.place(); // anew, now that the labels have their room
        pictures::svg_text svg = frame.draw();
        for (const label& l : labels)
            svg.words(l.words, pictures::plot_frame::tick_size,
                      {{"x", l.left}, {"y", frame.top - 5 - label_row * l.row}});
        frame.open_rectangle(svg);
        for (const band& b : bands) draw_band(svg, frame, b);
        for (std::size_t i = 0; i < series.size(); ++i) draw_curve(svg, frame, i);
        for (const marker& m : markers)
            if (pictures::number_range::shows(m.x, log_x))
                svg.element("line", {{"class", "axis"},
                                     {"x1", frame.at_x(m.x)},
                                     {"y1", frame.top},
                                     {"x2", frame.at_x(m.x)},
                                     {"y2", frame.bottom},
                                     {"stroke", pictures::svg_text::axis},
                                     {"stroke-width", 1.5},
                                     {"stroke-dasharray", "4 3"}});
        svg.close("svg");
        return svg.finish();
    }
    [[nodiscard]] bool shows(double x, double y) const {
        return pictures::number_range::shows(x, log_x) && pictures::number_range::shows(y, log_y);
    }
    void draw_band(pictures::svg_text& svg, const pictures::plot_frame& frame, const band& b) const {
        if (!pictures::number_range::shows(b.from, log_x) || !pictures::number_range::shows(b.to, log_x)) return;
        const double from = frame.at_x(std::min(b.from, b.to)), to = frame.at_x(std::max(b.from, b.to));
        svg.element("rect", {{"x", from},
                             {"y", frame.top},
                             {"width", to - from},
                             {"height", frame.bottom - frame.top},
                             {"fill", "#8c959f"},
                             {"fill-opacity", 0.18}});
    }
    /// The words of markers and bands: above the rectangle, in the middle of what they name, in the next row
    /// where others stand.
    [[nodiscard]] std::vector<label> arranged(const pictures::plot_frame& frame) const {
        std::vector<marker> all;
        const auto add = [&](double x, const std::string& words) {
            if (!words.empty() && pictures::number_range::shows(x, log_x)) all.push_back({x, words});
        };
        for (const marker& m : markers) add(m.x, m.label);
        for (const band& b : bands) add(log_x ? std::sqrt(b.from) * std::sqrt(b.to) : (b.from + b.to) / 2, b.label);
        std::sort(all.begin(), all.end(),
                  [](const marker& a, const marker& b) { return a.x != b.x ? a.x < b.x : a.label < b.label; });
        std::vector<label> labels;
        std::vector<double> ends; // of each row
        for (const marker& m : all) {
            label l{pictures::fitted(m.label, pictures::plot_frame::tick_size, frame.right - frame.left), 0, 0};
            const double length = pictures::text_width(l.words, pictures::plot_frame::tick_size);
            l.left = std::max(frame.left, std::min(frame.at_x(m.x) - length / 2, frame.right - length));
            const auto row_end = [&] {
                return static_cast<std::size_t>(l.row) < ends.size() ? ends[static_cast<std::size_t>(l.row)] : -1e9;
            };
            while (row_end() > l.left) ++l.row;
            ends.resize(std::max(ends.size(), static_cast<std::size_t>(l.row) + 1));
            ends[static_cast<std::size_t>(l.row)] = l.left + length + 8;
            labels.push_back(std::move(l));
        }
        return labels;
    }

    /// The points of one stretch without a gap, thinned where several fall into one column of the picture.
    [[nodiscard]] static std::vector<point> thinned(const std::vector<point>& all) {
        std::vector<point> kept;
        for (std::size_t first = 0; first < all.size();) {
            std::size_t end = first + 1, low = first, high = first;
            for (; end < all.size() && std::floor(all[end].x) == std::floor(all[first].x); ++end) {
                if (all[end].y < all[low].y) low = end;
                if (all[end].y > all[high].y) high = end;
            }
            const std::size_t of_column[] = {first, std::min(low, high), std::max(low, high), end - 1};
            for (std::size_t i = 0; i < 4; ++i)
                if (i == 0 || of_column[i] != of_column[i - 1]) kept.push_back(all[of_column[i]]);
            first = end;
        }
        return kept;
    }
    void draw_curve(pictures::svg_text& svg, const pictures::plot_frame& frame, std::size_t number) const {
        const curve& c = series[number];
        const char* const colour = pictures::palette_names[number % pictures::palette_size];
        const bool few = c.y.size() <= 40; // then each is marked
        std::string path;
        std::vector<point> stretch, marks;
        const auto end_stretch = [&] {
            if (few || stretch.size() == 1) marks.insert(marks.end(), stretch.begin(), stretch.end());
            const std::vector<point> points = thinned(stretch);
            const int decimals = points.size() > 500 ? 1 : 2;
            for (std::size_t i = 0; points.size() > 1 && i < points.size(); ++i)
                path += sentence({i == 0 ? "M" : "L", pictures::decimal(points[i].x, decimals), " ",
                                  pictures::decimal(points[i].y, decimals)});
            stretch.clear();
        };
        for (std::size_t i = 0; i < c.y.size(); ++i) {
            if (shows(x_of(c, i), c.y[i])) stretch.push_back({frame.at_x(x_of(c, i)), frame.at_y(c.y[i])});
            else end_stretch();
        }
        end_stretch();
        if (!path.empty())
            svg.element("path", {{"d", path},
                                 {"fill", "none"},
                                 {"stroke", colour},
                                 {"stroke-width", c.y.size() > 500 && series.size() > 1 ? 1.2 : 1.8},
                                 {"stroke-linejoin", "round"},
                                 {"stroke-dasharray", pictures::palette_dashes[number / pictures::palette_size % 4]}});
        for (const point& p : marks) svg.element("circle", {{"cx", p.x}, {"cy", p.y}, {"r", 2.3}, {"fill", colour}});
    }
};

} // namespace strata::inline STRATA_ABI
