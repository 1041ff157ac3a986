#pragma once
#include <strata/base/abi.hpp>

#include <bit>
#include <cstdint>

namespace strata::inline STRATA_ABI::io {

/// The float that an IEEE 754 binary16 number is; every one is exact.
[[nodiscard]] constexpr float float_of_half(std::uint16_t half) {
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000u) << 16;
    const std::uint32_t exponent = half >> 10 & 31u, fraction = half & 0x3ffu;
    if (exponent == 0) { // zero or subnormal: a multiple of 2^-24
        const float value = static_cast<float>(fraction) * 0x1p-24f;
        return sign != 0 ? -value : value;
    }
    const std::uint32_t wide = exponent == 31 ? 255u : exponent + 112u; // 112 = 127 - 15, the exponents' biases
    return std::bit_cast<float>(sign | wide << 23 | fraction << 13);
}

/// The float that a bfloat16 number is: its upper half.
[[nodiscard]] constexpr float float_of_brain(std::uint16_t brain) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(brain) << 16);
}

/// The float that an 8-bit number with 5 bits of exponent is: the upper half of a binary16 number.
[[nodiscard]] constexpr float float_of_e5m2(std::uint8_t small) {
    return float_of_half(static_cast<std::uint16_t>(small << 8));
}

/// The float that an 8-bit number with 4 bits of exponent is. It has no infinity, and one NaN of either sign.
/// Source   Micikevicius et al., "FP8 Formats for Deep Learning", arXiv 2209.05433 (E4M3)
[[nodiscard]] constexpr float float_of_e4m3(std::uint8_t small) {
    const std::uint32_t sign = static_cast<std::uint32_t>(small & 0x80u) << 24;
    const std::uint32_t exponent = small >> 3 & 15u, fraction = small & 7u;
    if ((small & 0x7fu) == 0x7f) return std::bit_cast<float>(sign | 0x7fc00000u);
    if (exponent == 0) { // zero or subnormal: a multiple of 2^-9
        const float value = static_cast<float>(fraction) * 0x1p-9f;
        return sign != 0 ? -value : value;
    }
    return std::bit_cast<float>(sign | (exponent + 120u) << 23 | fraction << 20); // 120 = 127 - 7, the biases
}

} // namespace strata::inline STRATA_ABI::io
