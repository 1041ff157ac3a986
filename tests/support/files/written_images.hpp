#pragma once
/// PNG and JPEG files for tests, written by libpng and libturbojpeg themselves.
#include "files.hpp"

#include <cstdint>
#include <cstring>
#include <png.h>
#include <turbojpeg.h>
#include <vector>

namespace strata_tests {

/// Interleaved bytes (or 16-bit numbers) in libpng's format, such as PNG_FORMAT_RGBA.
template <class T>
void write_png(const std::string& path, unsigned format, int height, int width, const std::vector<T>& pixels) {
    png_image image;
    std::memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<unsigned>(width), image.height = static_cast<unsigned>(height), image.format = format;
    REQUIRE(pixels.size() * sizeof(T) == PNG_IMAGE_SIZE(image));
    REQUIRE(png_image_write_to_file(&image, path.c_str(), 0, pixels.data(), 0, nullptr) != 0);
}
/// Numbers of a palette of which each colour is bright: label maps as VOC has them.
inline void write_palette_png(const std::string& path, int height, int width, std::vector<std::uint8_t> numbers) {
    FILE* const file = std::fopen(path.c_str(), "wb");
    REQUIRE(file != nullptr);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_init_io(png, file);
    png_set_IHDR(png, info, static_cast<unsigned>(width), static_cast<unsigned>(height), 8, PNG_COLOR_TYPE_PALETTE,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    const png_color palette[5] = {{200, 0, 0}, {0, 200, 0}, {0, 0, 200}, {200, 200, 0}, {200, 200, 200}};
    png_set_PLTE(png, info, palette, 5);
    png_write_info(png, info);
    for (int row = 0; row < height; ++row) png_write_row(png, &numbers[std::size_t(row) * std::size_t(width)]);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    std::fclose(file);
}
/// One row of grey numbers of 1 to 16 bits, with a gamma or a transparent 255 on request.
inline void write_grey_png(const std::string& path, int bits, int width, std::vector<std::uint8_t> row,
                           double gamma = 0, bool transparent = false) {
    FILE* const file = std::fopen(path.c_str(), "wb");
    REQUIRE(file != nullptr);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_init_io(png, file);
    png_set_IHDR(png, info, static_cast<unsigned>(width), 1, bits, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (gamma > 0) png_set_gAMA(png, info, gamma);
    png_color_16 clear{};
    clear.gray = 255;
    if (transparent) png_set_tRNS(png, info, nullptr, 0, &clear);
    png_write_info(png, info);
    png_write_row(png, row.data());
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    std::fclose(file);
}
/// TJPF_GRAY, TJPF_RGB or TJPF_CMYK, with the best quality.
inline std::string jpeg_bytes(int format, int height, int width, const std::vector<std::uint8_t>& pixels) {
    const tjhandle encoder = tjInitCompress();
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    const int sampling = format == TJPF_GRAY ? TJSAMP_GRAY : TJSAMP_444;
    REQUIRE(tjCompress2(encoder, pixels.data(), width, 0, height, format, &bytes, &size, sampling, 100, 0) == 0);
    std::string content(reinterpret_cast<const char*>(bytes), size);
    tjFree(bytes), tjDestroy(encoder);
    return content;
}

} // namespace strata_tests
