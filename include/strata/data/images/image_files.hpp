#pragma once
/// image_files — what the data sets of image files share: which names are images, and all files as one block of bytes.
#include <strata/data/images/fit_raster.hpp>
#include <strata/data/images/image_options.hpp>
#include <strata/data/images/read_image.hpp>
#include <strata/io/list_folder.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data::detail {

/// By its ending, in any case: .png, .jpg, .jpeg.
[[nodiscard]] inline bool is_named_as_image(std::string_view name) {
    std::string ending(name.substr(std::min(name.size(), name.rfind('.'))));
    for (char& c : ending) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    return ending == ".png" || ending == ".jpg" || ending == ".jpeg";
}
[[nodiscard, gnu::cold]] inline std::vector<std::string> images_in(const std::string& folder) {
    std::vector<std::string> names;
    for (std::string& name : io::list_folder(folder))
        if (is_named_as_image(name)) names.push_back(std::move(name));
    return names;
}

/// Files as samples, each decoded, fitted and appended to one block of bytes.
class image_block {
  public:
    explicit image_block(const image_options& o) : options_(o) {
        if ((o.height > 0) != (o.width > 0) || o.height < 0 || o.width < 0)
            raise<shape_error>(sentence({"strata: images of ", o.height, " x ", o.width,
                                         " were asked for. Give height and width, or neither."}));
        if (o.most_pixels < 1 || static_cast<long long>(o.height) * o.width > o.most_pixels)
            raise<shape_error>(
                sentence({"strata: images of ", o.height, " x ", o.width, " were asked for, but at most ",
                          o.most_pixels, " pixels. Set image_options::most_pixels to the most of one."}));
    }
    /// A picture as its file has it.
    [[nodiscard]] raster read(const std::string& path) const {
        return read_image(path, options_.channels, options_.most_pixels);
    }
    void add(const raster& r, const std::string& path) {
        if (all_.bytes.empty()) {
            first_ = path;
            all_.sample = shape(r.channels, r.height, r.width);
            options_.channels = r.channels; // what the first has
        }
        if (shape(r.channels, r.height, r.width) != all_.sample)
            io::refuse_file(path, 0,
                            {"the picture has ", r.height, " rows of ", r.width, " pixels, but ", first_, " has ",
                             all_.sample.d1, " of ", all_.sample.d2,
                             ". Set image_options::height and width, which all are then brought to."});
        all_.bytes.insert(all_.bytes.end(), r.bytes.begin(), r.bytes.end());
    }
    /// Read, scaled and cropped where a size is asked for, and added.
    void add(const std::string& path) {
        const raster r = read(path);
        add(options_.height > 0 ? fit_raster(r, options_.height, options_.width) : r, path);
    }
    /// What was added, to which labels come.
    [[nodiscard]] contents take(std::string origin) {
        all_.scale = options_.scale;
        all_.origin = std::move(origin);
        return std::move(all_);
    }

  private:
    image_options options_;
    contents all_;
    std::string first_;
};

} // namespace strata::inline STRATA_ABI::data::detail
