#pragma once
/// read_png(bytes, path, channels, most_pixels) — the picture of a PNG file. Programs that use it link libpng.
#include <strata/data/images/pixel_bytes.hpp>
#include <strata/data/images/png_reader.hpp>
#include <strata/io/open_file.hpp>
#include <strata/io/read_file.hpp>

#include <cstring>
#include <span>
#include <string>
#include <vector>

namespace strata::inline STRATA_ABI::data {

namespace detail {

[[noreturn, gnu::cold]] inline void refuse_png(const std::string& path, const char* why) {
    io::refuse_file(path, 0,
                    {"libpng cannot read this PNG file (", why, "): it is damaged or incomplete. Copy it again."});
}
/// Decodes all rows. What is too large is refused before memory is taken.
[[gnu::cold]] inline std::vector<std::uint8_t> png_pixels(png_reader& png, bool as_shown, const std::string& path,
                                                          long long most_pixels) {
    check_extents(path, png.width(), png.height(), most_pixels);
    if (!png.prepare(as_shown)) refuse_png(path, png.message());
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(png.width()) * png.height()
                                     * static_cast<std::size_t>(png.channels()));
    if (!png.read_rows(pixels.data())) refuse_png(path, png.message());
    return pixels;
}

} // namespace detail

/// With `channels` 1 grey, with 3 red, green and blue; with 0 as the file has them, but never alpha: transparent pixels
/// are laid on black. 16 bits become 8. As in Pillow, a file's gamma is not applied.
/// Errors   file_error where the file is damaged or truncated, or has more than `most_pixels`; path is for its message
[[nodiscard, gnu::cold]] inline raster read_png(std::span<const std::byte> bytes, const std::string& path, int channels,
                                                long long most_pixels) {
    detail::png_reader png(bytes);
    if (!png.read_header()) detail::refuse_png(path, png.message());
    std::vector<std::uint8_t> pixels = detail::png_pixels(png, true, path, most_pixels);
    const int height = static_cast<int>(png.height()), width = static_cast<int>(png.width());
    const int stored = detail::lay_on_black(pixels, png.channels());
    return detail::in_channels(detail::in_planes(pixels, stored, height, width), channels);
}

/// read_label_map(path, most_pixels) — a number for each pixel of a PNG file: a grey one's as it is stored, whatever
/// its bits, or the places in a palette.
/// Errors   file_error where it is no PNG file, is damaged, has colours, or numbers of 16 bits
[[nodiscard, gnu::cold]] inline raster read_label_map(const std::string& path, long long most_pixels) {
    const io::byte_block content = io::read_file(path);
    const std::span<const std::byte> bytes(content.data(), content.size());
    if (bytes.size() < 8 || std::memcmp(bytes.data(), "\x89PNG\r\n\x1a\n", 8) != 0)
        io::refuse_file(path, 0, {"a label map has to be a PNG file: JPEG changes the numbers of its pixels."});
    detail::png_reader png(bytes);
    if (!png.read_header()) detail::refuse_png(path, png.message());
    if (!png.has_numbers() || png.bits() > 8)
        io::refuse_file(
            path, 0,
            {png.has_numbers() ? "the label map has 16 bits for each pixel"
                               : "the label map has colours, not a number for each pixel",
             ". Save it as a grey PNG of 8 bits, the class of a pixel being its value, or with a palette."});
    return {1, static_cast<int>(png.height()), static_cast<int>(png.width()),
            detail::png_pixels(png, false, path, most_pixels)};
}

} // namespace strata::inline STRATA_ABI::data
