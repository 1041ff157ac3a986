#pragma once
/// log and log1p of a register, within one unit in the last place, and erf, within three of floats and two of doubles.
/// xsimd's, but for what it gets wrong: release 8.1 takes the logarithm of denormal doubles for one 37 further down and
/// log1p(−0) for +0, and erf of doubles is up to 68 units off: that one is the standard library's, number by number.
#include <strata/cpu/registers.hpp>

#include <cmath>
#include <limits>

namespace strata::inline STRATA_ABI::on_cpu::math {

template <class T, class Arch>
inline vec<T, Arch> log(const vec<T, Arch>& x) {
    if constexpr (std::is_same_v<T, float>) {
        return xsimd::log(x);
    } else {
        using V = vec<T, Arch>;
        const auto denormal = x < V(std::numeric_limits<T>::min());
        const V lifted = xsimd::select(denormal, x * V(0x1p54), x);
        return xsimd::log(lifted) - xsimd::select(denormal, V(0x1.2b708872320e2p5), V(0)); // 54 log 2
    }
}

template <class T, class Arch>
inline vec<T, Arch> log1p(const vec<T, Arch>& x) {
    return xsimd::select(x == vec<T, Arch>(T(0)), x, xsimd::log1p(x));
}

template <class T, class Arch>
inline vec<T, Arch> erf(const vec<T, Arch>& x) {
    if constexpr (std::is_same_v<T, float>) {
        return xsimd::erf(x);
    } else {
        alignas(64) T numbers[lanes_of<T, Arch>];
        x.store_aligned(numbers);
        for (T& number : numbers) number = std::erf(number);
        return vec<T, Arch>::load_aligned(numbers);
    }
}

} // namespace strata::inline STRATA_ABI::on_cpu::math
