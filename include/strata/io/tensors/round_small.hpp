#pragma once
#include <strata/base/abi.hpp>

#include <bit>
#include <cstdint>

namespace strata::inline STRATA_ABI::io {

/// The number with `Exponent` and `Fraction` bits that is nearest to x, as its bits: ties go to the even one,
/// what is too large becomes infinity, and NaN stays NaN. A float is a double exactly, so that nothing is
/// rounded twice.
/// Source   IEEE 754-2019, 4.3.1, roundTiesToEven
template <int Exponent, int Fraction>
[[nodiscard]] constexpr std::uint16_t rounded_bits(double x) {
    constexpr std::uint64_t one = 1, infinity = ((one << Exponent) - 1) << Fraction;
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const std::uint64_t sign = bits >> 63 << (Exponent + Fraction);
    const int wide = static_cast<int>(bits >> 52 & 2047);
    if (wide == 2047) // infinity, or NaN: a quiet one
        return static_cast<std::uint16_t>(sign | infinity | (bits << 12 != 0 ? one << (Fraction - 1) : 0));
    int exponent = wide - 1023 + ((1 << (Exponent - 1)) - 1), drop = 52 - Fraction;
    if (exponent < 1) drop += 1 - exponent, exponent = 1;   // subnormal
    if (drop > 53) return static_cast<std::uint16_t>(sign); // below half of the least; a double's own subnormals too
    const std::uint64_t digits = (bits & ((one << 52) - 1)) | one << 52;
    const std::uint64_t rest = digits & ((one << drop) - 1), half = one << (drop - 1);
    std::uint64_t kept = digits >> drop;
    if (rest > half || (rest == half && (kept & 1) != 0)) ++kept;
    // The leading digit, where there is one, is the exponent's last step; so is a carry.
    const std::uint64_t magnitude = (static_cast<std::uint64_t>(exponent - 1) << Fraction) + kept;
    return static_cast<std::uint16_t>(sign | (magnitude < infinity ? magnitude : infinity));
}

/// The nearest IEEE 754 binary16 number, as its bits.
[[nodiscard]] constexpr std::uint16_t half_of(double x) { return rounded_bits<5, 10>(x); }
/// The nearest bfloat16 number, as its bits.
[[nodiscard]] constexpr std::uint16_t brain_of(double x) { return rounded_bits<8, 7>(x); }

} // namespace strata::inline STRATA_ABI::io
