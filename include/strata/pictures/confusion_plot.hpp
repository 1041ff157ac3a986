#pragma once
/// confusion_plot — which class was taken for which: cells with counts, coloured by their share of the row.
///
///   strata::confusion_plot{.title = "Test", .counts = result.get<strata::confusion_matrix<10>>(), .classes = names}.save("test.svg");
///
/// Errors   error where there are no samples or names and classes do not fit; file_error from the file
#include <strata/pictures/picture_file.hpp>
#include <strata/train/metrics/class_counts.hpp>
#include <string>
#include <vector>

namespace strata::inline v0_1 {

struct confusion_plot {
    std::string title = {};
    class_counts counts = class_counts(0);
    std::vector<std::string> classes = {}; ///< their names; without them 0, 1, 2, ...

    [[nodiscard, gnu::cold]] std::string to_svg() const { return draw({}); }
    [[gnu::cold]] void save(const std::string& path) const { detail::save_picture(path, draw(path)); }

  private:
    [[gnu::cold]] std::string draw(std::string_view file) const;
};

} // namespace strata::inline v0_1
