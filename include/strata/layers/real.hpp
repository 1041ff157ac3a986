#pragma once
/// real — a fraction as a template argument: dropout<0.5>, leaky_relu<0.2>.
/// It is a structural class, because not every supported compiler accepts floating-point template arguments. Its member
/// holds the number's bits, because nvcc prints floating-point numbers with few digits when it prints types.
#include <strata/base/host_device.hpp>

#include <bit>
#include <cstdint>

namespace strata::inline STRATA_ABI {

struct real {
    std::uint64_t bits = 0;

    constexpr real(double n) : bits(std::bit_cast<std::uint64_t>(n)) {}
    constexpr real(float n) : real(static_cast<double>(n)) {} // clang 14 does not go through double by itself
    constexpr real(int n) : real(static_cast<double>(n)) {}
    /// Bit by bit, as nvcc writes such an argument in the code that it generates.
    constexpr real(std::uint64_t b) : bits(b) {}

    [[nodiscard]] STRATA_HD constexpr double number() const { return __builtin_bit_cast(double, bits); }
    friend constexpr bool operator==(const real&, const real&) = default;
};

} // namespace strata::inline STRATA_ABI
