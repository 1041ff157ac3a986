#pragma once
/// read_jpeg(bytes, path, channels, most_pixels) — the picture of a JPEG file. Programs that use it link libturbojpeg.
#if !__has_include(<turbojpeg.h>)
#error "strata: image files need libjpeg-turbo, which is not installed. Install libturbojpeg0-dev"
#endif
#include <strata/data/images/pixel_bytes.hpp>
#include <strata/io/open_file.hpp>

#include <memory>
#include <span>
#include <string>
#include <turbojpeg.h>
#include <type_traits>

namespace strata::inline STRATA_ABI::data {

/// With `channels` 1 grey, with 3 red, green and blue, with 0 as the file has them. An orientation in its EXIF data is
/// not applied.
/// Errors   file_error where the file is damaged or truncated, is no grey or colour picture (CMYK), or has more than
///          `most_pixels`; path is for its message
[[nodiscard, gnu::cold]] inline raster read_jpeg(std::span<const std::byte> bytes, const std::string& path,
                                                 int channels, long long most_pixels) {
    struct destroy {
        void operator()(void* handle) const { tjDestroy(handle); }
    };
    const std::unique_ptr<void, destroy> decoder(tjInitDecompress());
    if (decoder == nullptr) raise("strata: libturbojpeg cannot start. Is memory exhausted?");
    const auto* const content = reinterpret_cast<const unsigned char*>(bytes.data());
    const auto size = static_cast<unsigned long>(bytes.size());
    int width = 0, height = 0, sampling = 0, colours = 0;
    const auto damaged = [&] {
        io::refuse_file(path, 0,
                        {"libturbojpeg cannot read this JPEG file (", tjGetErrorStr2(decoder.get()),
                         "): it is damaged or incomplete. Copy it again, or save it anew."});
    };
    if (tjDecompressHeader3(decoder.get(), content, size, &width, &height, &sampling, &colours) != 0
        && tjGetErrorCode(decoder.get()) == TJERR_FATAL)
        damaged();
    if (colours == TJCS_CMYK || colours == TJCS_YCCK)
        io::refuse_file(path, 0, {"the picture is CMYK, as printers use it. Convert it to RGB."});
    detail::check_extents(path, static_cast<unsigned long long>(width), static_cast<unsigned long long>(height),
                          most_pixels);
    if (channels == 0) channels = colours == TJCS_GRAY ? 1 : 3;
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)
                                     * static_cast<std::size_t>(channels));
    const int format = channels == 1 ? TJPF_GRAY : TJPF_RGB;
    const int flags = TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS; // a file of many scans takes minutes otherwise
    // A warning, too: it stands for pixels that are not the picture's, and a later one is not told.
    if (tjDecompress2(decoder.get(), content, size, pixels.data(), width, 0, height, format, flags) != 0) damaged();
    return detail::in_planes(pixels, channels, height, width);
}

} // namespace strata::inline STRATA_ABI::data
