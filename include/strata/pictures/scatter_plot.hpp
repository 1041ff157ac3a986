#pragma once
/// scatter_plot — points in the plane, each group with its colour and shape, over the regions in which a network takes a point for
/// a group, if it is given.
///
///   strata::scatter_plot{.title = "Two moons", .groups = {{"upper", x0, y0}, {"lower", x1, y1}},
///                        .decide = [&](const std::vector<float>& points) { return net(points); }}.save("moons.svg");
///
/// A point that is not finite is left out.
/// Errors   error where there is nothing to draw or numbers do not fit together; file_error from the file
#include <functional>
#include <strata/pictures/plot_frame.hpp>
#include <strata/pictures/plot_numbers.hpp>
#include <strata/pictures/png.hpp>
#include <string>
#include <vector>

namespace strata::inline v0_1 {

struct scatter_plot {
    struct group {
        std::string name;
        plot_numbers x, y;
    };

    std::string title = {}, x_label = {}, y_label = {};
    std::vector<group> groups = {};
    /// Given points (x, y), one after the other, gives the numbers of each: scores or probabilities, one for each group, the
    /// largest of which wins; or a single one, the probability of the second of two groups.
    std::function<std::vector<float>(const std::vector<float>&)> decide = nullptr;
    double width = 560, height = 480; ///< in pixels of CSS

    [[nodiscard, gnu::cold]] std::string to_svg() const { return draw({}); }
    [[gnu::cold]] void save(const std::string& path) const { detail::save_picture(path, draw(path)); }

  private:
    [[gnu::cold]] std::string draw(std::string_view file) const;
};

} // namespace strata::inline v0_1
