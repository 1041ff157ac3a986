#pragma once
/// image_pairs(images, labels, options) — images, and for each a picture of the same name whose pixels are classes:
///
///   auto road = strata::data::image_pairs("camvid/train", "camvid/trainannot", {.classes = 12});
///   auto cells = strata::data::image_pairs("isbi/image", "isbi/label", {.label_values = {0, 255}});
///
/// A label map is a PNG file with a byte for each pixel of its image (grey, or the numbers of a palette), from 0 to
/// .classes − 1, or one of .label_values, whose position is the class. Pixels of .ignored_value (255 in Pascal VOC and
/// Cityscapes) have no class. A class that a loss leaves out is its ignore_index: cross_entropy{.ignore_index = 11}.
/// Names may end differently (road.jpg, road.png). With options .height and .width both are cropped and never scaled,
/// since a mean of two classes is no class.
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
        if (value == o.ignored_value) {
            classes.push_back(-100);
            continue;
        }
        if (label >= count)
            io::refuse_file(path, 0,
                            {"the pixel in row ", i / width, ", column ", i % width, " is ", value,
                             o.label_values.empty() ? ", but there are " : ", which is not among the ", count,
                             o.label_values.empty()
                                 ? " classes, numbered from 0. Set image_options::classes higher, list the values in "
                                   "label_values, or name the one that is no class in ignored_value."
                                 : " values of image_options::label_values. Add it there."});
        classes.push_back(label);
    }
}

/// How many classes the options say there are.
/// Errors   shape_error where they say it in no way or two, or a value twice or that no byte has
[[nodiscard, gnu::cold]] inline int classes_of(const image_options& o) {
    const int listed = static_cast<int>(o.label_values.size());
    if (listed == 0 ? o.classes < 1 : o.classes != 0 && o.classes != listed)
        raise<shape_error>(listed == 0
                               ? "strata: image_pairs does not know the classes. Set image_options::classes, or list "
                                 "the values of the label maps' pixels in image_options::label_values."
                               : sentence({"strata: image_options::classes is ", o.classes, ", but label_values lists ",
                                           listed, ". Leave one of them out."}));
    for (auto value = o.label_values.begin(); value != o.label_values.end(); ++value)
        if (*value < 0 || *value > 255 || std::find(o.label_values.begin(), value, *value) != value)
            raise<shape_error>(sentence({"strata: image_options::label_values has ", *value,
                                         *value < 0 || *value > 255 ? ", which no pixel can be: they are 0 to 255."
                                                                    : " twice. Each value is one class."}));
    return listed > 0 ? listed : o.classes;
}
/// The names in the order of their stems.
/// Errors   file_error where two have one stem
[[nodiscard, gnu::cold]] inline std::vector<std::string> by_stem(std::vector<std::string> names,
                                                                 const std::string& folder) {
    std::sort(names.begin(), names.end(),
              [](const std::string& a, const std::string& b) { return stem_of(a) < stem_of(b); });
    for (std::size_t i = 1; i < names.size(); ++i)
        if (stem_of(names[i]) == stem_of(names[i - 1]))
            raise<file_error>(sentence({"strata: ", folder, " has both ", names[i - 1], " and ", names[i],
                                        ", so it is not clear which one the other folder's file belongs to. Remove "
                                        "one."}));
    return names;
}

} // namespace detail

[[nodiscard, gnu::cold]] inline in_memory<class_indices>
image_pairs(const std::string& images, const std::string& labels, const image_options& options) {
    const int classes = detail::classes_of(options);
    detail::image_block block(options);
    const std::vector<std::string> files = detail::by_stem(detail::images_in(images), images),
                                   maps = detail::by_stem(detail::images_in(labels), labels);
    if (files.empty())
        raise<file_error>(
            sentence({"strata: the folder '", images, "' has no image: no file in it ends in .png, .jpg or .jpeg."}));
    for (std::size_t i = 0; i < std::max(files.size(), maps.size()); ++i) {
        const bool lacks_image =
            i == files.size() || (i < maps.size() && detail::stem_of(maps[i]) < detail::stem_of(files[i]));
        if (lacks_image)
            raise<file_error>(sentence({"strata: the label map ", labels, "/", maps[i], " has no image in ", images,
                                        ". Remove it, or add the image."}));
        if (i == maps.size() || detail::stem_of(maps[i]) != detail::stem_of(files[i]))
            raise<file_error>(sentence({"strata: the image ", images, "/", files[i], " has no label map: there is no ",
                                        detail::stem_of(files[i]), ".png in ", labels, "."}));
    }
    std::vector<int> targets;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::string path = sentence({images, "/", files[i]}), map_path = sentence({labels, "/", maps[i]});
        raster image = block.read(path), map = read_label_map(map_path, options.most_pixels);
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
