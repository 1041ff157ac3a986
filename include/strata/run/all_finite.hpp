#pragma once
#include <strata/base/abi.hpp>

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace strata::inline STRATA_ABI::core {

/// Whether none of n numbers is infinite or NaN. It is told from their bits, for speed and whatever the compiler
/// assumes of floating-point numbers: an exponent of all ones, and one more, carries into the sign bit.
template <class T>
[[nodiscard]] inline bool all_finite(const T* x, long long n) noexcept {
    using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    static_assert(sizeof(bits) == sizeof(T));
    constexpr bits least = bits{1} << (sizeof(T) == 4 ? 23 : 52), sign = bits{1} << (8 * sizeof(T) - 1);
    constexpr bits exponent = static_cast<bits>(sign - least);
    constexpr long long lanes = 64 / static_cast<long long>(sizeof(T));
    typedef bits vector __attribute__((vector_size(64))); // fast at every level of optimisation
    vector carried{};
    long long i = 0;
    for (; i + lanes <= n; i += lanes) {
        vector v;
        std::memcpy(&v, x + i, sizeof v);
        carried |= (v & exponent) + least;
    }
    bits any = 0;
    for (int lane = 0; lane < lanes; ++lane) any |= carried[lane];
    for (; i < n; ++i) {
        bits v;
        std::memcpy(&v, x + i, sizeof v);
        any |= static_cast<bits>((v & exponent) + least);
    }
    return (any & sign) == 0;
}

} // namespace strata::inline STRATA_ABI::core
