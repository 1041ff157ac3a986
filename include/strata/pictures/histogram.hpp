#pragma once
/// histogram — the distribution of numbers: weights, activations, gradients.
///
///   strata::histogram{.title = "Weights of layer 1", .x_label = "weight", .values = weights}.save("weights.svg");
///
/// Numbers that are not finite are left out and counted in the picture.
/// Errors   error where there are no numbers; file_error from the file
/// Source   Freedman, Diaconis: On the histogram as a density estimator, 1981 (the width of bins)
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <strata/pictures/svg/plot_frame.hpp>
#include <strata/pictures/svg/plot_numbers.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI {

struct histogram {
    std::string title = {}, x_label = {}, y_label = "count";
    plot_numbers values = {};
    int bins = 0; ///< 0: as many as suit the numbers, 5 to 100
    bool log_y = false;
    double width = 640, height = 400; ///< in pixels of CSS

    [[nodiscard, gnu::cold]] std::string to_svg() const { return draw({}); }
    [[gnu::cold]] void save(const std::string& path) const { pictures::save_picture(path, draw(path)); }

  private:
    [[gnu::cold]] std::string draw(std::string_view file) const {
        const pictures::picture_of what{"histogram", title, file};
        if (values.empty()) what.refuse({"has no numbers. Set .values."});
        if (bins < 0 || bins > 1000) what.refuse({"was given ", bins, " bins; use 1 to 1000, or 0 for automatic."});
        std::vector<double> sorted;
        for (const double x : values)
            if (pictures::number_range::shows(x, false)) sorted.push_back(x);
        if (sorted.empty())
            what.refuse({"has ", values.size(), " numbers, none of them finite. Did the training diverge?"});
        std::sort(sorted.begin(), sorted.end());
        pictures::number_range xs{sorted.front(), sorted.back()};
        const std::size_t count = bins > 0 ? static_cast<std::size_t>(bins) : good_count(sorted);
        if (xs.single()) { // in the middle
            const double room = xs.room(0.5);
            xs.low -= room, xs.high += room;
        }
        const double low = xs.low, high = xs.high;
        std::vector<double> counts(count);
        const double bin = (high - low) / static_cast<double>(count);
        for (const double x : sorted) ++counts[std::min(static_cast<std::size_t>((x - low) / bin), count - 1)];

        pictures::number_range ys;
        ys.add(log_y ? 0.7 : 0.0), ys.add(*std::max_element(counts.begin(), counts.end()));
        pictures::plot_frame frame{.what = what,
                                   .title = title,
                                   .x_label = x_label,
                                   .y_label = y_label,
                                   .width = width,
                                   .height = height,
                                   .x = {low, high},
                                   .y = pictures::axis_of(ys, log_y, log_y ? 0 : 0.05),
                                   .whole_y = true};
        if (log_y) frame.y.low = 0.7; // a bar of one is still a bar
        frame.x_grid = false;
        if (sorted.size() != values.size()) frame.headroom = 12;
        frame.place();
        pictures::svg_text svg = frame.draw();
        frame.open_rectangle(svg);
        for (std::size_t i = 0; i < count; ++i) {
            if (counts[i] == 0) continue;
            const double from = frame.at_x(low + static_cast<double>(i) * bin),
                         to = frame.at_x(low + static_cast<double>(i + 1) * bin);
            const double top = frame.at_y(counts[i]);
            svg.element("rect", {{"class", "paper-rim"},
                                 {"x", from},
                                 {"y", top},
                                 {"width", to - from},
                                 {"height", frame.bottom - top},
                                 {"fill", pictures::palette_names[0]},
                                 {"stroke", pictures::svg_text::paper},
                                 {"stroke-width", to - from > 4 ? 0.8 : 0.2}});
        }
        svg.close("svg");
        if (sorted.size() != values.size()) {
            const std::string words = sentence({values.size() - sorted.size(), " of ", values.size(), " not finite"});
            svg.words(words, 11, {{"x", frame.right}, {"y", frame.top - 4}, {"text-anchor", "end"}});
        }
        return svg.finish();
    }
    /// The width of a bin is twice the middle half's, divided by the cube root of the count.
    [[nodiscard]] static std::size_t good_count(const std::vector<double>& sorted) {
        const std::size_t n = sorted.size();
        const double width = 2 * (sorted[n * 3 / 4] - sorted[n / 4]) / std::cbrt(static_cast<double>(n));
        const double length = sorted.back() - sorted.front();
        if (!(length > 0)) return 3;
        return static_cast<std::size_t>(std::clamp(width > 0 ? std::ceil(length / width) : 30.0, 5.0, 100.0));
    }
};

} // namespace strata::inline STRATA_ABI
