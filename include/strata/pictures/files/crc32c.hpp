#pragma once
#include <strata/base/abi.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace strata::inline STRATA_ABI::pictures {

/// The table of crc32c: what one byte does to the remainder.
consteval std::array<std::uint32_t, 256> crc32c_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        table[byte] = byte;
        for (int bit = 0; bit < 8; ++bit) table[byte] = table[byte] >> 1 ^ (table[byte] & 1 ? 0x82f63b78U : 0U);
    }
    return table;
}

/// The checksum CRC-32C (Castagnoli's polynomial, bits in reverse) of some bytes.
/// Source   RFC 3720, appendix B.4, which has examples too
[[nodiscard, gnu::cold]] inline std::uint32_t crc32c(std::string_view bytes) {
    static constexpr std::array<std::uint32_t, 256> table = crc32c_table();
    std::uint32_t remainder = 0xffffffffU;
    for (const char c : bytes) remainder = remainder >> 8 ^ table[(remainder ^ static_cast<unsigned char>(c)) & 0xff];
    return ~remainder;
}

} // namespace strata::inline STRATA_ABI::pictures
