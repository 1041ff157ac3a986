#pragma once
/// exact_number — a double that may stand inside a template argument under every compiler: as the number of its bits.
/// clang++ 14 takes no floating-point argument, and nvcc writes one with few digits into the code that launches a
/// kernel, and so would launch another kernel.
#include <strata/base/host_device.hpp>

#include <cstdint>

namespace strata::inline STRATA_ABI {

struct exact_number {
    std::uint64_t bits = 0;

    constexpr exact_number& operator=(double x) {
        bits = __builtin_bit_cast(std::uint64_t, x);
        return *this;
    }
    STRATA_HD constexpr operator double() const { return __builtin_bit_cast(double, bits); }
    friend constexpr bool operator==(const exact_number&, const exact_number&) = default;
};

} // namespace strata::inline STRATA_ABI
