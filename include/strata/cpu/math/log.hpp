#pragma once
/// log and log1p of a register, within one unit in the last place, and erf, within three of floats and two of doubles.
/// xsimd's, but for what it gets wrong: release 8.1 takes the logarithm of denormal doubles for one 37 further down and
/// log1p(−0) for +0, and erf of doubles is up to 68 units off: that one is the standard library's, number by number.
#include <strata/cpu/registers.hpp>

#include <cmath>
#include <limits>

namespace strata::inline STRATA_ABI::on_cpu::math {

/// Is what xsimd makes these functions of refused? (Under AVX-512, whose intrinsics are macros to nvcc, and to g++
/// where it does not optimise.)
#if defined(__CUDACC__) || !defined(__OPTIMIZE__)
template <class Arch>
inline constexpr bool number_by_number = is_avx512<Arch>;
#else
template <class Arch>
inline constexpr bool number_by_number = false;
#endif

template <class T, class Arch, class Function>
inline vec<T, Arch> of_each_number(const vec<T, Arch>& x, Function f) {
    alignas(64) T numbers[lanes_of<T, Arch>];
    x.store_aligned(numbers);
    for (T& number : numbers) number = f(number);
    return vec<T, Arch>::load_aligned(numbers);
}

template <class T, class Arch>
inline vec<T, Arch> log(const vec<T, Arch>& x) {
    if constexpr (number_by_number<Arch>) {
        return of_each_number<T, Arch>(x, [](T number) { return std::log(number); });
    } else if constexpr (std::is_same_v<T, float>) {
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
    if constexpr (number_by_number<Arch>)
        return of_each_number<T, Arch>(x, [](T number) { return std::log1p(number); });
    else return xsimd::select(x == vec<T, Arch>(T(0)), x, xsimd::log1p(x));
}

template <class T, class Arch>
inline vec<T, Arch> erf(const vec<T, Arch>& x) {
    if constexpr (std::is_same_v<T, float> && !number_by_number<Arch>) return xsimd::erf(x);
    else return of_each_number<T, Arch>(x, [](T number) { return std::erf(number); });
}

} // namespace strata::inline STRATA_ABI::on_cpu::math
