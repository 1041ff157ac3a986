#pragma once
/// read_image(path, channels) — the picture of a PNG or JPEG file, told apart by its first bytes.
///
///   const strata::data::raster r = strata::data::read_image("cat.jpg", 3);   // red, green, blue
///   const strata::data::raster map = strata::data::read_image("label.png", 1);
///
/// channels   1 grey, 3 red, green and blue; 0 as the file has them, without alpha
/// Errors     file_error where it is neither, is damaged or truncated, or has more than `most_pixels`
#include <strata/data/images/read_jpeg.hpp>
#include <strata/data/images/read_png.hpp>
#include <strata/io/read_file.hpp>

#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI::data {

[[nodiscard, gnu::cold]] inline raster read_image(const std::string& path, int channels = 0,
                                                  long long most_pixels = most_pixels_of_an_image) {
    if (channels != 0 && channels != 1 && channels != 3)
        raise<shape_error>(sentence({"strata: an image has 1 channel (grey) or 3 (red, green, blue), but ", channels,
                                     " were asked for. Use 1, 3, or 0 for what the file has."}));
    const io::byte_block content = io::read_file(path);
    const std::span<const std::byte> bytes(content.data(), content.size());
    const std::string_view beginning(reinterpret_cast<const char*>(bytes.data()), bytes.size() < 8 ? bytes.size() : 8);
    if (beginning.starts_with("\x89PNG\r\n\x1a\n")) return read_png(bytes, path, channels, most_pixels);
    if (beginning.starts_with("\xff\xd8\xff")) return read_jpeg(bytes, path, channels, most_pixels);
    io::refuse_file(path, 0,
                    {bytes.empty() ? "the file is empty" : "this is neither a PNG nor a JPEG file",
                     ". Convert the picture to one of them."});
}

} // namespace strata::inline STRATA_ABI::data
