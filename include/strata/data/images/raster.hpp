#pragma once
/// raster — the pixels of a picture: one plane of bytes after the other, `channels` of `height` rows of `width`.
#include <strata/base/abi.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// What readers take without being told more, 100 million pixels: above any camera's picture, and 300 MB in colour.
inline constexpr long long most_pixels_of_an_image = 100'000'000;

struct raster {
    int channels = 0, height = 0, width = 0;
    std::vector<std::uint8_t> bytes{}; ///< [C, H, W]

    [[nodiscard]] std::size_t plane() const {
        return static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    }
};

} // namespace strata::inline STRATA_ABI::data
