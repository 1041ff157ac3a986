#pragma once
/// png_reader — the pixels of a PNG file in memory, row by row. A program that uses it links libpng.
/// libpng reports errors by longjmp: no function here that calls it holds anything that has to be destroyed.
#if !__has_include(<png.h>)
#error "strata: image files need libpng, which is not installed. Install libpng-dev"
#endif
#include <strata/base/error.hpp>

#include <csetjmp>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <png.h>
#include <span>

namespace strata::inline STRATA_ABI::data::detail {

class png_reader {
  public:
    explicit png_reader(std::span<const std::byte> bytes) : left_(bytes) {
        png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, &failed, &warned);
        if (png_ != nullptr) info_ = png_create_info_struct(png_);
        if (info_ == nullptr) {
            png_destroy_read_struct(&png_, nullptr, nullptr);
            raise("strata: libpng cannot start. Is memory exhausted?");
        }
    }
    ~png_reader() { png_destroy_read_struct(&png_, &info_, nullptr); }
    png_reader(const png_reader&) = delete;
    png_reader& operator=(const png_reader&) = delete;

    /// Of the file: true where it is one; else message() says why not.
    bool read_header() {
        if (setjmp(png_jmpbuf(png_)) != 0) return false;   // NOLINT: libpng's way
        png_set_user_limits(png_, 0x7fffffff, 0x7fffffff); // what is too large is decided by the caller
        png_set_read_fn(png_, this, &take);
        png_read_info(png_, info_);
        return true;
    }
    [[nodiscard]] unsigned width() const { return png_get_image_width(png_, info_); }
    [[nodiscard]] unsigned height() const { return png_get_image_height(png_, info_); }
    [[nodiscard]] int bits() const { return png_get_bit_depth(png_, info_); }
    [[nodiscard]] bool has_palette() const { return png_get_color_type(png_, info_) == PNG_COLOR_TYPE_PALETTE; }
    /// One number for each pixel: brightness, or a place in a palette.
    [[nodiscard]] bool has_numbers() const {
        return has_palette() || png_get_color_type(png_, info_) == PNG_COLOR_TYPE_GRAY;
    }

    /// Bytes as pixels show them: 8 bits, a palette's colours, transparency as alpha; else the numbers as they are.
    /// Afterwards a pixel has channels() bytes.
    bool prepare(bool as_shown) {
        if (setjmp(png_jmpbuf(png_)) != 0) return false; // NOLINT
        if (as_shown) png_set_expand(png_), png_set_scale_16(png_);
        else png_set_packing(png_);
        passes_ = png_set_interlace_handling(png_);
        png_read_update_info(png_, info_);
        return true;
    }
    [[nodiscard]] int channels() const { return png_get_channels(png_, info_); }
    /// All rows, without gaps.
    bool read_rows(std::uint8_t* pixels) {
        if (setjmp(png_jmpbuf(png_)) != 0) return false; // NOLINT
        const std::size_t row = png_get_rowbytes(png_, info_);
        for (int pass = 0; pass < passes_; ++pass)
            for (std::size_t y = 0; y < height(); ++y) png_read_row(png_, pixels + y * row, nullptr);
        png_read_end(png_, nullptr);
        return true;
    }
    [[nodiscard]] const char* message() const { return message_; }

  private:
    static void take(png_structp png, png_bytep to, std::size_t n) {
        auto& reader = *static_cast<png_reader*>(png_get_io_ptr(png));
        if (n > reader.left_.size()) png_error(png, "the file ends too early");
        std::memcpy(to, reader.left_.data(), n);
        reader.left_ = reader.left_.subspan(n);
    }
    static void failed(png_structp png, png_const_charp why) {
        auto& reader = *static_cast<png_reader*>(png_get_error_ptr(png));
        std::snprintf(reader.message_, sizeof reader.message_, "%s", why);
        png_longjmp(png, 1);
    }
    static void warned(png_structp, png_const_charp) {}

    std::span<const std::byte> left_;
    png_structp png_ = nullptr;
    png_infop info_ = nullptr;
    int passes_ = 1;
    char message_[128] = {};
};

} // namespace strata::inline STRATA_ABI::data::detail
