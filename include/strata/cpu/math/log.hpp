#pragma once
/// log — the natural logarithm of a register of floats, within 2 units in the last place, of denormals too; −∞ of zero,
/// not-a-number of what is negative. With x = 2ⁿ · m and m in [√½, √2), log x = n · log 2 + log m, and log m is f − f² / 2 + f³ ·
/// R(f) with f = m − 1 and R minimax.
#include <strata/cpu/math/bits.hpp>

#include <limits>

namespace strata::inline v0_1::on_cpu::math {

template <class Arch>
[[gnu::always_inline]] inline vec<float, Arch> log(const vec<float, Arch>& x) {
    using V = vec<float, Arch>;
    using I = int_vec<Arch>;
    using limits = std::numeric_limits<float>;
    const auto plus = [](const V& a, const V& b, const V& c) { return multiply_add<float, Arch>(a, b, c); };
    const auto denormal = x < V(limits::min());
    const V normal = xsimd::select(denormal, x * V(0x1p23f), x);
    const I bits = bits_of<Arch>(normal), exponent = (bits - I(0x3f3504f3)) >> 23;
    const V n = xsimd::to_float(exponent) - xsimd::select(denormal, V(23.0f), V(0.0f));
    const V f = number_of<Arch>(bits - (exponent << 23)) - V(1.0f), square = f * f;
    V r(0x1.645ea8p-4f);
    r = plus(r, f, V(-0x1.2432b8p-3f));
    r = plus(r, f, V(0x1.317458p-3f));
    r = plus(r, f, V(-0x1.53824ap-3f));
    r = plus(r, f, V(0x1.98d7f2p-3f));
    r = plus(r, f, V(-0x1.000382p-2f));
    r = plus(r, f, V(0x1.5556d8p-2f));
    // log 2 in two parts, the first so short that its products with n are exact
    V y = plus(n, V(-0x1.bd0106p-13f), r * f * square);
    y = plus(square, V(-0.5f), y) + f;
    y = plus(n, V(0x1.63p-1f), y);
    y = xsimd::select(x < V(limits::infinity()), y, x); // infinity and not-a-number are their own
    y = xsimd::select(x < V(0.0f), V(limits::quiet_NaN()), y);
    return xsimd::select(x == V(0.0f), V(-limits::infinity()), y);
}

} // namespace strata::inline v0_1::on_cpu::math
