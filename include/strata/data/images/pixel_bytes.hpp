#pragma once
/// What the decoders of pictures share: the bound on pixels, planes from interleaved pixels, grey from colours.
#include <strata/data/images/raster.hpp>
#include <strata/io/open_file.hpp>

#include <climits>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace strata::inline STRATA_ABI::data::detail {

/// Before any memory is taken: a file of a few bytes can claim any size.
[[gnu::cold]] inline void check_extents(const std::string& path, unsigned long long width, unsigned long long height,
                                        long long most_pixels) {
    if (width == 0 || height == 0 || width > INT_MAX || height > INT_MAX || most_pixels < 1
        || width * height > static_cast<unsigned long long>(most_pixels))
        io::refuse_file(path, 0,
                        {"the picture is ", width, " x ", height, " pixels, but at most ", most_pixels,
                         " are read. If it is meant, set image_options::most_pixels higher."});
}

[[nodiscard, gnu::cold]] inline raster in_planes(const std::vector<std::uint8_t>& pixels, int channels, int height,
                                                 int width) {
    raster r{channels, height, width, std::vector<std::uint8_t>(pixels.size())};
    const std::size_t plane = r.plane(), step = static_cast<std::size_t>(channels);
    for (std::size_t c = 0; c < step; ++c)
        for (std::size_t i = 0; i < plane; ++i) r.bytes[c * plane + i] = pixels[i * step + c];
    return r;
}

/// Takes the alpha out of interleaved pixels, on black; how many channels are left.
[[gnu::cold]] inline int lay_on_black(std::vector<std::uint8_t>& pixels, int channels) {
    if (channels != 2 && channels != 4) return channels;
    const auto all = static_cast<std::size_t>(channels), kept = all - 1;
    for (std::size_t i = 0; i * all < pixels.size(); ++i)
        for (std::size_t c = 0; c < kept; ++c)
            pixels[i * kept + c] =
                static_cast<std::uint8_t>((pixels[i * all + c] * pixels[i * all + kept] + 127) / 255);
    pixels.resize(pixels.size() / all * kept);
    return static_cast<int>(kept);
}
/// 1 for grey, 3 for red, green and blue, 0 for what it has. Grey is 0.299 R + 0.587 G + 0.114 B (ITU-R 601-2), rounded
/// as Pillow does it; JPEG files have that as well.
[[nodiscard, gnu::cold]] inline raster in_channels(raster r, int channels) {
    const std::size_t plane = r.plane();
    if (channels == 1 && r.channels == 3) {
        for (std::size_t i = 0; i < plane; ++i)
            r.bytes[i] = static_cast<std::uint8_t>(
                (19595u * r.bytes[i] + 38470u * r.bytes[plane + i] + 7471u * r.bytes[2 * plane + i] + 0x8000u) >> 16);
        r.bytes.resize(plane);
    } else if (channels == 3 && r.channels == 1) {
        r.bytes.resize(3 * plane);
        for (std::size_t i = 0; i < 2 * plane; ++i) r.bytes[plane + i] = r.bytes[i];
    }
    r.channels = channels == 0 ? r.channels : channels;
    return r;
}

} // namespace strata::inline STRATA_ABI::data::detail
