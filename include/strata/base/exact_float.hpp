#pragma once
/// exact_float — a float that may stand inside a template argument under every compiler: as the number of its bits.
/// nvcc writes floating-point arguments with few digits into the code that launches a kernel, and so would launch
/// another kernel.
#include <strata/base/host_device.hpp>

#include <cstdint>

namespace strata::inline STRATA_ABI {

struct exact_float {
    std::uint32_t bits = 0;

    constexpr exact_float& operator=(float x) {
        bits = __builtin_bit_cast(std::uint32_t, x);
        return *this;
    }
    STRATA_HD constexpr operator float() const { return __builtin_bit_cast(float, bits); }
    friend constexpr bool operator==(const exact_float&, const exact_float&) = default;
};

} // namespace strata::inline STRATA_ABI
