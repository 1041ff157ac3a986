#pragma once
/// image_sheet — images in a grid, each with a caption: samples, filters of a first layer, activations.
///
///   strata::image_sheet{.title = "First layer", .images = weights, .extents = {1, 5, 5},
///                       .scale = strata::image_scale::around_zero}.save("filters.svg");
///
/// Shapes   images [N, C, H, W], one image after the other, C = 1 (grey) or 3 (red, green, blue)
/// A number that is not finite is drawn magenta. Captions are broken into lines as wide as an image, or 96.
/// Errors   error where there are no images or numbers and extents do not fit; file_error from the file
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <strata/base/shape.hpp>
#include <strata/pictures/files/picture_file.hpp>
#include <strata/pictures/files/png.hpp>
#include <strata/pictures/svg/axis.hpp>
#include <strata/pictures/svg/plot_numbers.hpp>
#include <strata/pictures/svg/svg_text.hpp>
#include <strata/pictures/svg/text_width.hpp>
#include <strata/pictures/svg/title_lines.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI {

/// Which numbers are black and white.
enum class image_scale {
    unit,        ///< 0 and 1; other numbers are clipped
    each,        ///< the least and the largest number of each image
    together,    ///< the least and the largest number of all images
    around_zero, ///< ± the largest magnitude of all images; grey images go from blue over white (zero) to red
};

struct image_sheet {
    std::string title = {};
    plot_numbers images = {};
    shape extents = {};                     ///< of one image: {C, H, W}
    std::vector<std::string> captions = {}; ///< none, or one for each image
    std::vector<bool> wrong = {};           ///< whether an image was misclassified: red frame and caption; or none
    image_scale scale = image_scale::unit;
    int columns = 0; ///< of the grid; 0: about as many as make it square
    int zoom = 0;    ///< pixels of the picture for one of an image; 0: such that an image is about 96 wide

    [[nodiscard, gnu::cold]] std::string to_svg() const { return draw({}); }
    [[gnu::cold]] void save(const std::string& path) const { pictures::save_picture(path, draw(path)); }
    /// The images alone, without title and captions.
    [[nodiscard, gnu::cold]] std::string to_png() const { return draw_raster({}); }
    [[gnu::cold]] void save_png(const std::string& path) const { pictures::save_picture(path, draw_raster(path)); }

  private:
    static constexpr pictures::colour no_number{255, 0, 255};
    static constexpr int most_pixels = 16000; ///< of the images together, each way
    struct layout {
        std::size_t count, columns, rows;
        int zoom, width, height; ///< of an image in the picture
    };

    [[gnu::cold]] layout check(std::string_view file) const {
        const pictures::picture_of what{"image sheet", title, file};
        if (extents.rank != 3 || (extents.d0 != 1 && extents.d0 != 3) || extents.d1 < 1 || extents.d2 < 1)
            what.refuse({"has images of .extents ", extents_words(),
                         "; use {1, H, W} for grey or {3, H, W} for colour images. Draw any other number of channels "
                         "as separate grey images."});
        const int widest = std::max(extents.d1, extents.d2);
        if (widest > most_pixels) // before their product is a number too large
            what.refuse({"has images of .extents ", extents_words(), "; the maximum is ", most_pixels,
                         " pixels per side. Use smaller images."});
        const auto size = static_cast<std::size_t>(extents.size());
        if (images.empty()) what.refuse({"has no images. Set .images to their numbers, image by image."});
        if (images.size() % size != 0)
            what.refuse(
                {"was given ", images.size(), " numbers, which is not a whole number of images of ", size, "."});
        layout l{};
        l.count = images.size() / size;
        if (!captions.empty() && captions.size() != l.count)
            what.refuse({"has ", l.count, " images and ", captions.size(), " captions. Give one per image, or none."});
        if (!wrong.empty() && wrong.size() != l.count)
            what.refuse(
                {"has ", l.count, " images and ", wrong.size(), " values of .wrong. Give one per image, or none."});
        if (columns < 0 || zoom < 0) what.refuse({"has a negative .columns or .zoom; use 0 for automatic."});
        l.zoom = zoom > 0 ? zoom : std::max(1, 96 / widest);
        l.columns = columns > 0 ? static_cast<std::size_t>(columns)
                                : static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(l.count))));
        l.columns = std::min(l.columns, l.count);
        l.rows = (l.count + l.columns - 1) / l.columns;
        const double wide = static_cast<double>(l.columns) * extents.d2 * l.zoom, // whatever the zoom
            high = static_cast<double>(l.rows) * extents.d1 * l.zoom;
        if (wide > most_pixels || high > most_pixels)
            what.refuse({"would be ", pictures::decimal(wide), " by ", pictures::decimal(high), " pixels, more than ",
                         most_pixels, ". Use fewer images or a smaller .zoom."});
        l.width = extents.d2 * l.zoom, l.height = extents.d1 * l.zoom;
        return l;
    }
    [[nodiscard]] std::string extents_words() const {
        std::string words = "{";
        for (int i = 0; i < extents.rank; ++i) words += sentence({i == 0 ? "" : ", ", extents[i]});
        return words + "}";
    }

    /// The numbers of black and white for image i.
    [[nodiscard]] pictures::number_range range_of(std::size_t i) const {
        pictures::number_range r;
        if (scale == image_scale::unit) return r.add(0), r.add(1), r;
        const auto size = static_cast<std::size_t>(extents.size());
        const std::size_t first = scale == image_scale::each ? i * size : 0,
                          end = scale == image_scale::each ? first + size : images.size();
        for (std::size_t k = first; k < end; ++k) r.add(images[k]);
        if (r.empty()) return r.add(0), r.add(1), r;
        if (scale == image_scale::around_zero) {
            const double most = std::max(std::fabs(r.low), std::fabs(r.high));
            r.low = -most, r.high = most;
        }
        return r;
    }
    [[nodiscard]] pictures::colour colour_of(std::size_t pixel, std::size_t pixels, std::size_t image,
                                             const pictures::number_range& r) const {
        const auto share = [&](std::size_t channel) {
            const double x = images[image * static_cast<std::size_t>(extents.size()) + channel * pixels + pixel];
            if (!std::isfinite(x)) return -1.0;
            return r.high > r.low ? std::clamp((x - r.low) / (r.high - r.low), 0.0, 1.0) : 0.5;
        };
        const auto byte = [](double s) { return static_cast<unsigned char>(std::lround(255 * std::max(s, 0.0))); };
        if (extents.d0 == 3) {
            if (share(0) < 0 || share(1) < 0 || share(2) < 0) return no_number;
            return {byte(share(0)), byte(share(1)), byte(share(2))};
        }
        const double s = share(0);
        if (s < 0) return no_number;
        if (scale != image_scale::around_zero) return {byte(s), byte(s), byte(s)};
        constexpr pictures::colour white{247, 247, 247}, blue{33, 102, 172}, red{178, 24, 43}; // ColorBrewer's RdBu
        return s < 0.5 ? pictures::mixed(white, blue, 1 - 2 * s) : pictures::mixed(white, red, 2 * s - 1);
    }
    /// Draws image i, each of its pixels `zoom` wide and high.
    void paint(pictures::raster& into, std::size_t i, const pictures::number_range& r, int left, int top,
               int times) const {
        const auto pixels = static_cast<std::size_t>(extents.d1) * static_cast<std::size_t>(extents.d2);
        for (int y = 0; y < extents.d1; ++y)
            for (int x = 0; x < extents.d2; ++x) {
                const pictures::colour c = colour_of(static_cast<std::size_t>(y) * static_cast<std::size_t>(extents.d2)
                                                         + static_cast<std::size_t>(x),
                                                     pixels, i, r);
                for (int v = 0; v < times; ++v)
                    for (int u = 0; u < times; ++u) into.set(left + x * times + u, top + y * times + v, c);
            }
    }
    template <class Paint>
    void each(const layout& l, Paint f) const {
        const pictures::number_range common = range_of(0);
        for (std::size_t i = 0; i < l.count; ++i) f(i, scale == image_scale::each ? range_of(i) : common);
    }

    [[gnu::cold]] std::string draw_raster(std::string_view file) const {
        const layout l = check(file);
        const int gap = std::max(2, l.width / 16);
        const auto place = [gap](std::size_t i, int size) { return gap + static_cast<int>(i) * (size + gap); };
        pictures::raster sheet(place(l.columns, l.width), place(l.rows, l.height));
        each(l, [&](std::size_t i, const pictures::number_range& r) {
            paint(sheet, i, r, place(i % l.columns, l.width), place(i / l.columns, l.height), l.zoom);
        });
        return pictures::png(sheet);
    }
    [[gnu::cold]] std::string draw(std::string_view file) const {
        const layout l = check(file);
        constexpr double margin = 12, gap = 10, size = 11, line = 14;
        constexpr std::size_t most_lines = 6;
        double cell = l.width; // wider where captions are, but not beyond reason
        for (const std::string& c : captions)
            cell = std::max(cell, std::min(pictures::text_width(c, size) + 2, std::max(1.0 * l.width, 96.0)));
        std::vector<std::vector<std::string>> lines;
        for (const std::string& c : captions) lines.push_back(pictures::wrapped(c, size, cell, most_lines));
        const double width = std::max(2 * margin + static_cast<double>(l.columns) * (cell + gap) - gap, 160.0);
        const pictures::title_lines heading(title, width);
        std::vector<double> tops{margin + heading.height()}; // of each row of the grid, and the end of the last
        for (std::size_t row = 0; row < l.rows; ++row) {
            std::size_t most = 0; // lines of its captions
            for (std::size_t i = row * l.columns; i < std::min((row + 1) * l.columns, lines.size()); ++i)
                most = std::max(most, lines[i].size());
            tops.push_back(tops.back() + l.height + (most == 0 ? 0 : 3 + static_cast<double>(most) * line) + gap);
        }
        const double grid = static_cast<double>(l.columns) * (cell + gap) - gap;
        pictures::svg_text svg(width, tops.back() - gap + margin,
                               title.empty() ? std::string_view("image sheet") : title);
        heading.draw(svg, width);
        each(l, [&](std::size_t i, const pictures::number_range& r) {
            const double x = (width - grid) / 2 + static_cast<double>(i % l.columns) * (cell + gap);
            const double y = tops[i / l.columns], left = x + (cell - l.width) / 2;
            const bool is_wrong = !wrong.empty() && wrong[i];
            pictures::raster image(l.width,
                                   l.height); // not every viewer enlarges pixels without blurring them
            paint(image, i, r, 0, 0, l.zoom);
            svg.image(left, y, l.width, l.height, pictures::data_uri(image));
            svg.element("rect", {{"class", is_wrong ? "wrong-rim" : "axis"},
                                 {"x", left},
                                 {"y", y},
                                 {"width", l.width},
                                 {"height", l.height},
                                 {"fill", "none"},
                                 {"stroke", is_wrong ? pictures::svg_text::wrong : pictures::svg_text::axis},
                                 {"stroke-width", is_wrong ? 2.5 : 0.5}});
            for (std::size_t k = 0; i < lines.size() && k < lines[i].size(); ++k) {
                const pictures::svg_text::attribute middle{"x", x + cell / 2},
                    base{"y", y + l.height + size + 3 + static_cast<double>(k) * line}, anchor{"text-anchor", "middle"};
                if (is_wrong) svg.wrong_words(lines[i][k], size, {middle, base, anchor});
                else svg.words(lines[i][k], size, {middle, base, anchor});
            }
        });
        return svg.finish();
    }
};

} // namespace strata::inline STRATA_ABI
