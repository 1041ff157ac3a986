#pragma once
/// png — a raster of pixels as the bytes of a PNG file. A program that uses it links zlib.
/// Source   Portable Network Graphics, third edition, W3C 2025; RFC 1950 (zlib), RFC 4648 (base64)
#include <cstddef>
#include <cstdint>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/pictures/svg/palette.hpp>
#include <string>
#include <string_view>
#include <vector>
#include <zlib.h>

namespace strata::inline STRATA_ABI::pictures {

/// A rectangle of pixels, row by row from the top.
struct raster {
    int width, height;
    std::vector<unsigned char> rgb; ///< three bytes a pixel

    raster(int w, int h, colour ground = {255, 255, 255})
        : width(w), height(h), rgb(3 * static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) {
        for (int y = 0; y < h; ++y)
            for (int x = 0; x < w; ++x) set(x, y, ground);
    }
    void set(int x, int y, colour c) {
        unsigned char* const pixel =
            &rgb[3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x))];
        pixel[0] = c.red, pixel[1] = c.green, pixel[2] = c.blue;
    }
};

/// The bytes of a PNG file: 8 bits a channel, one channel where all pixels are grey.
[[nodiscard, gnu::cold]] inline std::string png(const raster& image) {
    bool grey = true;
    for (std::size_t i = 0; grey && i < image.rgb.size(); i += 3)
        grey = image.rgb[i] == image.rgb[i + 1] && image.rgb[i] == image.rgb[i + 2];
    std::string rows; // each behind the number of its filter: 0, none
    const std::size_t pixels = static_cast<std::size_t>(image.width), row = 3 * pixels;
    for (std::size_t y = 0; y < static_cast<std::size_t>(image.height); ++y) {
        rows += '\0';
        for (std::size_t i = 0; i < row; i += grey ? 3 : 1) rows += static_cast<char>(image.rgb[y * row + i]);
    }
    uLongf length = compressBound(static_cast<uLong>(rows.size()));
    std::string packed(length, '\0');
    if (compress2(reinterpret_cast<Bytef*>(packed.data()), &length, reinterpret_cast<const Bytef*>(rows.data()),
                  static_cast<uLong>(rows.size()), 9)
        != Z_OK)
        raise("strata: zlib failed to compress a picture. Is memory exhausted?");
    packed.resize(length);

    std::string file = "\x89PNG\r\n\x1a\n";
    const auto number = [](std::uint32_t n) {
        return std::string{static_cast<char>(n >> 24), static_cast<char>(n >> 16 & 0xff),
                           static_cast<char>(n >> 8 & 0xff), static_cast<char>(n & 0xff)};
    };
    const auto chunk = [&](const std::string& kind, const std::string& data) {
        const std::string body = kind + data;
        const uLong check = crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
        file += number(static_cast<std::uint32_t>(data.size())) + body + number(static_cast<std::uint32_t>(check));
    };
    const char depth_and_kind[] = {8, static_cast<char>(grey ? 0 : 2), 0, 0, 0};
    chunk("IHDR", number(static_cast<std::uint32_t>(image.width)) + number(static_cast<std::uint32_t>(image.height))
                      + std::string(depth_and_kind, sizeof depth_and_kind));
    chunk("IDAT", packed);
    chunk("IEND", {});
    return file;
}

[[nodiscard, gnu::cold]] inline std::string base64(std::string_view bytes) {
    constexpr const char* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k) text += k <= bytes.size() - i ? digits[group >> (18 - 6 * k) & 63] : '=';
    }
    return text;
}

/// The picture as an address that holds it whole.
[[nodiscard, gnu::cold]] inline std::string data_uri(const raster& image) {
    return "data:image/png;base64," + base64(png(image));
}

} // namespace strata::inline STRATA_ABI::pictures
