#pragma once
/// The bits of a register of floats as integers, and back.
#include <strata/cpu/registers.hpp>

#include <concepts>
#include <cstdint>

namespace strata::inline STRATA_ABI::on_cpu::math {

template <class Arch>
using int_vec = xsimd::batch<std::int32_t, Arch>;

// Up to release 8 xsimd asks for the type of the register, later for that of its elements.

template <class Arch>
inline int_vec<Arch> bits_of(const vec<float, Arch>& x) {
    if constexpr (requires {
                      { xsimd::bitwise_cast<std::int32_t>(x) } -> std::same_as<int_vec<Arch>>;
                  })
        return xsimd::bitwise_cast<std::int32_t>(x);
    else return xsimd::bitwise_cast<int_vec<Arch>>(x);
}
template <class Arch>
inline vec<float, Arch> number_of(const int_vec<Arch>& bits) {
    if constexpr (requires {
                      { xsimd::bitwise_cast<float>(bits) } -> std::same_as<vec<float, Arch>>;
                  })
        return xsimd::bitwise_cast<float>(bits);
    else return xsimd::bitwise_cast<vec<float, Arch>>(bits);
}

} // namespace strata::inline STRATA_ABI::on_cpu::math
