#pragma once
/// bar_chart — one bar for each of several things, lying, so that long names stay readable; the picture grows with their number.
///
///   strata::bar_chart{.title = "Recall", .bars = {{"cat", 0.91}, {"dog", 0.87}}}.save("recall.svg");
///
/// A bar whose number is not finite is left out and says so.
/// Errors   error where there are no bars; file_error from the file
#include <strata/pictures/plot_frame.hpp>
#include <string>
#include <vector>

namespace strata::inline v0_1 {

struct bar_chart {
    struct bar {
        std::string name;
        double value;
    };

    std::string title = {}, value_label = {};
    std::vector<bar> bars = {};
    double width = 560; ///< in pixels of CSS

    [[nodiscard, gnu::cold]] std::string to_svg() const { return draw({}); }
    [[gnu::cold]] void save(const std::string& path) const { detail::save_picture(path, draw(path)); }

  private:
    [[gnu::cold]] std::string draw(std::string_view file) const;
};

} // namespace strata::inline v0_1
