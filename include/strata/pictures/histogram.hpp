#pragma once
/// histogram — how often which numbers occur: weights, activations, gradients.
///
///   strata::histogram{.title = "Weights of layer 1", .x_label = "weight", .values = weights}.save("weights.svg");
///
/// Numbers that are not finite are left out and counted in the picture.
/// Errors   error where there are no numbers; file_error from the file
/// Source   Freedman, Diaconis: On the histogram as a density estimator, 1981 (the width of bins)
#include <strata/pictures/plot_frame.hpp>
#include <strata/pictures/plot_numbers.hpp>
#include <string>

namespace strata::inline v0_1 {

struct histogram {
    std::string title = {}, x_label = {}, y_label = "count";
    plot_numbers values = {};
    int bins = 0; ///< 0: as many as suit the numbers, 5 to 100
    bool log_y = false;
    double width = 640, height = 400; ///< in pixels of CSS

    [[nodiscard, gnu::cold]] std::string to_svg() const { return draw({}); }
    [[gnu::cold]] void save(const std::string& path) const { detail::save_picture(path, draw(path)); }

  private:
    [[gnu::cold]] std::string draw(std::string_view file) const;
};

} // namespace strata::inline v0_1
