#pragma once
/// read_png(bytes, path, channels, most_pixels) — the picture of a PNG file. Programs that use it link libpng.
#if !__has_include(<png.h>)
#error "strata: image files need libpng, which is not installed. Install libpng-dev"
#endif
#include <strata/data/images/pixel_bytes.hpp>
#include <strata/io/open_file.hpp>

#include <cstring>
#include <png.h>
#include <span>
#include <string>

namespace strata::inline STRATA_ABI::data {

/// With `channels` 1 grey, with 3 red, green and blue; with 0 as the file has them, but never alpha: transparent pixels
/// are laid on black. Of a picture with a palette, 1 gives the palette's numbers, which is what label maps hold.
/// 16 bits become 8.
/// Errors   file_error where the file is damaged or truncated, or has more than `most_pixels`; path is for its message
[[nodiscard, gnu::cold]] inline raster read_png(std::span<const std::byte> bytes, const std::string& path, int channels,
                                                long long most_pixels) {
    png_image image;
    std::memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    struct release {
        png_image* image;
        ~release() { png_image_free(image); }
    } const at_end{&image};
    const auto damaged = [&] {
        io::refuse_file(
            path, 0,
            {"libpng cannot read this PNG file (", image.message, "): it is damaged or incomplete. Copy it again."});
    };
    if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) damaged();
    const bool numbers = channels == 1 && (image.format & PNG_FORMAT_FLAG_COLORMAP) != 0;
    if (channels == 0) channels = (image.format & PNG_FORMAT_FLAG_COLOR) != 0 ? 3 : 1;
    detail::check_extents(path, image.width, image.height, most_pixels);
    image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB; // 16 bits are brightness as 8 are
    image.format = numbers ? PNG_FORMAT_RGB_COLORMAP : channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    const int interleaved = numbers ? 1 : channels;
    std::vector<std::uint8_t> pixels(PNG_IMAGE_SIZE(image)), palette(numbers ? PNG_IMAGE_COLORMAP_SIZE(image) : 0);
    if (png_image_finish_read(&image, nullptr, pixels.data(), 0, numbers ? palette.data() : nullptr) == 0) damaged();
    return detail::in_planes(pixels, interleaved, static_cast<int>(image.height), static_cast<int>(image.width));
}

} // namespace strata::inline STRATA_ABI::data
