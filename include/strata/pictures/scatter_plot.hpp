#pragma once
/// scatter_plot — groups of points in the plane, optionally over a network's decision regions.
///
///   strata::scatter_plot{.title = "Two moons", .groups = {{"upper", x0, y0}, {"lower", x1, y1}},
///                        .decide = [&](const std::vector<float>& points) { return net(points); }}
///       .save("moons.svg");
///
/// A point that is not finite is left out.
/// Errors   error where there is nothing to draw or numbers do not fit together; file_error from the file
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <strata/pictures/files/png.hpp>
#include <strata/pictures/svg/plot_frame.hpp>
#include <strata/pictures/svg/plot_numbers.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI {

struct scatter_plot {
    struct group {
        std::string name;
        plot_numbers x, y;
    };

    std::string title = {}, x_label = {}, y_label = {};
    std::vector<group> groups = {};
    /// Given points (x, y), one after the other, gives the numbers of each: scores or probabilities, one for
    /// each group, the largest of which wins; or a single one, the probability of the second of two groups.
    std::function<std::vector<float>(const std::vector<float>&)> decide = nullptr;
    double width = 560, height = 480; ///< in pixels of CSS

    [[nodiscard, gnu::cold]] std::string to_svg() const { return draw({}); }
    [[gnu::cold]] void save(const std::string& path) const { pictures::save_picture(path, draw(path)); }

  private:
    [[gnu::cold]] std::string draw(std::string_view file) const {
        const pictures::picture_of what{"scatter plot", title, file};
        if (groups.empty()) what.refuse({"has no groups. Set .groups, for example to {{\"cats\", x, y}}."});
        pictures::number_range xs, ys;
        std::size_t points = 0;
        for (const group& g : groups) {
            if (g.x.size() != g.y.size())
                what.refuse({"has a group '", g.name, "' of ", g.x.size(), " x values and ", g.y.size(),
                             " y values. Use the same number of both."});
            if (g.x.empty()) what.refuse({"has a group '", g.name, "' without points. Remove it, or add its points."});
            for (std::size_t i = 0; i < g.x.size(); ++i)
                if (shows(g, i)) xs.add(g.x[i]), ys.add(g.y[i]), ++points;
        }
        if (points == 0) what.refuse({"has no points to draw: none is finite."});
        pictures::plot_frame frame{.what = what,
                                   .title = title,
                                   .x_label = x_label,
                                   .y_label = y_label,
                                   .width = width,
                                   .height = height,
                                   .x = wide_axis(xs),
                                   .y = wide_axis(ys),
                                   .keys = pictures::plot_frame::key::mark};
        for (const group& g : groups) frame.names.push_back(g.name);
        if (groups.size() == 1 && groups[0].name.empty()) frame.names.clear();
        frame.x_grid = frame.y_grid = !decide;
        frame.place();
        pictures::svg_text svg = frame.draw();
        frame.open_rectangle(svg);
        if (decide) draw_regions(svg, frame);
        const double r = points > 3000 ? 1.5 : points > 1000 ? 2.2 : points > 300 ? 2.8 : 3.4;
        svg.open("g", {{"class", "paper-rim"},
                       {"stroke", pictures::svg_text::paper},
                       {"stroke-width", points > 1000 ? 0.3 : 0.7}});
        std::size_t longest = 0;
        for (const group& g : groups) longest = std::max(longest, g.x.size());
        for (std::size_t i = 0; i < longest; ++i) // groups take turns, so that none lies on top of all others
            for (std::size_t k = 0; k < groups.size(); ++k)
                if (i < groups[k].x.size() && shows(groups[k], i))
                    pictures::draw_mark(svg, k, frame.at_x(groups[k].x[i]), frame.at_y(groups[k].y[i]), r);
        svg.close("g"), svg.close("svg");
        return svg.finish();
    }
    static bool shows(const group& g, std::size_t i) {
        return pictures::number_range::shows(g.x[i], false) && pictures::number_range::shows(g.y[i], false);
    }
    static pictures::axis wide_axis(const pictures::number_range& r) {
        pictures::axis a = pictures::axis_of(r, false, 0.06);
        if (const double room = (r.high - r.low) * 0.06; !r.single())
            a.low = r.low - room, a.high = r.high + room; // zero is nothing special here
        return a;
    }
    /// A pixel of the raster is two of the picture wide, and is asked at its middle. Its colour is the
    /// winner's, the paler the less sure.
    void draw_regions(pictures::svg_text& svg, const pictures::plot_frame& frame) const {
        const int columns = static_cast<int>((frame.right - frame.left) / 2),
                  rows = static_cast<int>((frame.bottom - frame.top) / 2);
        std::vector<float> at;
        for (int v = 0; v < rows; ++v)
            for (int u = 0; u < columns; ++u) {
                at.push_back(static_cast<float>(frame.x.low + (u + 0.5) / columns * (frame.x.high - frame.x.low)));
                at.push_back(static_cast<float>(frame.y.high - (v + 0.5) / rows * (frame.y.high - frame.y.low)));
            }
        const std::vector<float> said = decide(at);
        const std::size_t pixels = at.size() / 2, each = said.size() / pixels;
        if (said.size() != each * pixels || (each != groups.size() && !(each == 1 && groups.size() == 2)))
            frame.what.refuse({"called .decide for ", pixels, " points and got ", said.size(),
                               " numbers; it must return one for each of the ", groups.size(), " groups",
                               groups.size() == 2 ? ", or a single one," : "", " for each point."});
        pictures::raster image(columns, rows);
        for (std::size_t p = 0; p < pixels; ++p) {
            const auto [winner, sure] = verdict(&said[p * each], each);
            const double least = 1.0 / static_cast<double>(groups.size());
            const double strength = groups.size() == 1 ? sure : std::clamp((sure - least) / (1 - least), 0.0, 1.0);
            if (winner < groups.size())
                image.set(static_cast<int>(p) % columns, static_cast<int>(p) / columns,
                          pictures::mixed({255, 255, 255}, pictures::palette_colours[winner % pictures::palette_size],
                                          0.08 + 0.37 * strength));
        }
        svg.image(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top, pictures::data_uri(image));
    }
    /// The group that wins and its probability; scores become probabilities by softmax. No group where a
    /// number is not finite.
    [[nodiscard]] static std::pair<std::size_t, double> verdict(const float* said, std::size_t n) {
        const auto number = [said](std::size_t i) { return static_cast<double>(said[i]); };
        double sum = 0, total = 0;
        bool probabilities = true;
        std::size_t best = 0;
        for (std::size_t i = 0; i < n; ++i) {
            if (!std::isfinite(said[i])) return {static_cast<std::size_t>(-1), 0};
            sum += number(i);
            probabilities = probabilities && said[i] >= 0;
            if (said[i] > said[best]) best = i;
        }
        if (n == 1)
            return said[0] > 0.5F ? std::pair(std::size_t{1}, std::min(number(0), 1.0))
                                  : std::pair(std::size_t{0}, std::min(1 - number(0), 1.0));
        if (probabilities && std::fabs(sum - 1) < 1e-3) return {best, number(best)};
        for (std::size_t i = 0; i < n; ++i) total += std::exp(number(i) - number(best));
        return {best, 1 / total};
    }
};

} // namespace strata::inline STRATA_ABI
