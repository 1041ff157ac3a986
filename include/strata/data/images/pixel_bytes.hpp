#pragma once
/// What the decoders of pictures share: the bound on pixels, and planes from interleaved pixels.
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
    if (width == 0 || height == 0 || width > INT_MAX || height > INT_MAX
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

} // namespace strata::inline STRATA_ABI::data::detail
