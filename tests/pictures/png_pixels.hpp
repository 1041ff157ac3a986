#pragma once
/// A PNG read back, as far as strata writes it: 8 bits a channel, grey or colours, no filters. Checks every
/// checksum.
#include "catch.hpp"
#include <cstdint>
#include <string>
#include <vector>
#include <zlib.h>

namespace strata_tests {

struct png_pixels {
    unsigned width = 0, height = 0, channels = 0;
    std::vector<unsigned char> bytes;

    [[nodiscard]] int at(unsigned x, unsigned y, unsigned channel = 0) const {
        return bytes[(y * width + x) * channels + channel];
    }
};

inline png_pixels read_png(const std::string& file) {
    const auto number = [&](std::size_t at) {
        std::uint32_t n = 0;
        for (std::size_t i = 0; i < 4; ++i) n = n << 8 | static_cast<unsigned char>(file.at(at + i));
        return n;
    };
    REQUIRE(file.substr(0, 8) == "\x89PNG\r\n\x1a\n");
    png_pixels image;
    std::string packed, kind;
    for (std::size_t at = 8; at < file.size();) {
        const std::size_t length = number(at);
        kind = file.substr(at + 4, 4);
        const std::string body = file.substr(at + 4, length + 4);
        REQUIRE(crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()))
                == number(at + 8 + length));
        if (kind == "IHDR") {
            image.width = number(at + 8), image.height = number(at + 12);
            REQUIRE(body[12] == 8);
            REQUIRE((body[13] == 0 || body[13] == 2));
            image.channels = body[13] == 0 ? 1 : 3;
        } else if (kind == "IDAT") {
            packed += body.substr(4);
        }
        at += 12 + length;
    }
    REQUIRE(kind == "IEND");
    const std::size_t row = image.width * image.channels;
    std::vector<unsigned char> rows(image.height * (row + 1));
    uLongf size = static_cast<uLongf>(rows.size());
    REQUIRE(
        uncompress(rows.data(), &size, reinterpret_cast<const Bytef*>(packed.data()), static_cast<uLong>(packed.size()))
        == Z_OK);
    REQUIRE(size == rows.size());
    for (std::size_t y = 0; y < image.height; ++y) {
        REQUIRE(rows[y * (row + 1)] == 0);
        image.bytes.insert(image.bytes.end(), &rows[y * (row + 1) + 1], &rows[y * (row + 1) + 1] + row);
    }
    return image;
}

/// The bytes that an address "data:image/png;base64,..." holds.
inline std::string bytes_of_address(const std::string& address) {
    const std::string head = "data:image/png;base64,",
                      digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    REQUIRE(address.substr(0, head.size()) == head);
    std::string bytes;
    std::uint32_t bits = 0, count = 0;
    for (const char c : address.substr(head.size())) {
        if (c == '=') break;
        REQUIRE(digits.find(c) != std::string::npos);
        bits = bits << 6 | static_cast<std::uint32_t>(digits.find(c)), count += 6;
        if (count >= 8) bytes += static_cast<char>(bits >> (count -= 8) & 0xff);
    }
    return bytes;
}

} // namespace strata_tests
