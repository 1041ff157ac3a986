#pragma once
/// image_pairs(images, labels, options) — images, and for each a picture of the same name whose pixels are classes:
///
///   auto road = strata::data::image_pairs("camvid/train", "camvid/trainannot", {.classes = 12});
///   auto cells = strata::data::image_pairs("isbi/image", "isbi/label", {.label_values = {0, 255}});
///
/// A label map has one byte for each pixel of its image (grey, or the numbers of a palette), 0 to .classes − 1 or one
/// of .label_values, whose position is the class. What a loss should leave out is its ignore_index:
/// cross_entropy{.ignore_index = 11}. Names may end differently (road.jpg, road.png). Images with options .height and
/// .width are cropped and never scaled, since a mean of two classes is no class.
/// Programs link libpng and libturbojpeg; include <strata/images.hpp>.
/// Errors   file_error where an image has no label map or a map no image, sizes differ, or a pixel is no class
#include <strata/data/images/image_files.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

namespace detail {

[[nodiscard, gnu::cold]] inline std::string_view stem_of(std::string_view name) {
    return name.substr(0, name.rfind('.'));
}
/// The middle of a picture that is at least so large.
[[nodiscard, gnu::cold]] inline raster middle_of(const raster& r, int height, int width, const std::string& path) {
    if (r.height < height || r.width < width)
        io::refuse_file(path, 0,
                        {"the picture has ", r.height, " rows of ", r.width, " pixels, but ", height, " of ", width,
                         " were asked for. Pairs are cropped and never scaled: ask for less."});
    raster y{r.channels, height, width, {}};
    const int top = (r.height - height) / 2, left = (r.width - width) / 2;
    for (int row = 0; row < r.channels * height; ++row) {
        const auto from =
            r.bytes.begin() + (std::ptrdiff_t(row / height) * r.height + top + row % height) * r.width + left;
        y.bytes.insert(y.bytes.end(), from, from + width);
    }
    return y;
}
/// Appends the classes of a label map's pixels.
[[gnu::cold]] inline void add_classes(std::vector<int>& classes, const raster& map, const image_options& o, int count,
                                      const std::string& path) {
    for (std::size_t i = 0; i < map.bytes.size(); ++i) {
        const int value = map.bytes[i];
        const auto listed = std::find(o.label_values.begin(), o.label_values.end(), value);
        const int label = o.label_values.empty() ? value : static_cast<int>(listed - o.label_values.begin());
        const auto width = static_cast<std::size_t>(map.width);
        if (label >= count)
            io::refuse_file(path, 0,
                            {"the pixel in row ", i / width, ", column ", i % width, " is ", value,
                             o.label_values.empty() ? ", but there are " : ", which is not among the ", count,
                             o.label_values.empty()
                                 ? " classes, numbered from 0. Set image_options::classes higher, or "
                                   "list the values in label_values."
                                 : " values of image_options::label_values. Add it there."});
        classes.push_back(label);
    }
}

} // namespace detail

[[nodiscard, gnu::cold]] inline in_memory<class_indices>
image_pairs(const std::string& images, const std::string& labels, const image_options& options) {
    const int classes = options.label_values.empty() ? options.classes : static_cast<int>(options.label_values.size());
    if (classes < 1)
        raise<shape_error>("strata: image_pairs does not know the classes. Set image_options::classes, or list the "
                           "values of the label maps' pixels in image_options::label_values.");
    const std::vector<std::string> files = detail::images_in(images), maps = detail::images_in(labels);
    const auto partner = [](const std::vector<std::string>& names, std::string_view of) {
        return std::find_if(names.begin(), names.end(),
                            [of](const std::string& name) { return detail::stem_of(name) == detail::stem_of(of); });
    };
    if (files.empty())
        raise<file_error>(
            sentence({"strata: the folder '", images, "' has no image: no file in it ends in .png, .jpg or .jpeg."}));
    for (const std::string& map : maps)
        if (partner(files, map) == files.end())
            raise<file_error>(sentence({"strata: the label map ", labels, "/", map, " has no image in ", images,
                                        ". Remove it, or add the image."}));
    detail::image_block block(options);
    std::vector<int> targets;
    for (const std::string& file : files) {
        const auto name = partner(maps, file);
        const std::string path = sentence({images, "/", file});
        if (name == maps.end())
            raise<file_error>(sentence({"strata: the image ", path, " has no label map: there is no ",
                                        detail::stem_of(file), ".png in ", labels, "."}));
        const std::string map_path = sentence({labels, "/", *name});
        raster image = block.read(path), map = read_image(map_path, 1, options.most_pixels);
        if (image.height != map.height || image.width != map.width)
            io::refuse_file(map_path, 0,
                            {"the label map has ", map.height, " rows of ", map.width, " pixels, but its image has ",
                             image.height, " of ", image.width, "."});
        if (options.height > 0) {
            image = detail::middle_of(image, options.height, options.width, path);
            map = detail::middle_of(map, options.height, options.width, map_path);
        }
        block.add(image, path);
        detail::add_classes(targets, map, options, classes, map_path);
    }
    contents all = block.take(sentence({"the images in ", images, " and the label maps in ", labels}));
    all.labels = std::move(targets);
    all.target = shape(all.sample.d1, all.sample.d2);
    all.classes = classes;
    all.class_names = options.class_names;
    return in_memory<class_indices>(std::move(all));
}

} // namespace strata::inline STRATA_ABI::data
