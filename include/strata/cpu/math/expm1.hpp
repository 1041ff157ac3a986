#pragma once
/// expm1 — exp(x) − 1 of a register of floats, within 2 units in the last place, however small x is. With n and r as in
/// exp.hpp it is 2ⁿ · (exp(r) − 1) + (2ⁿ − 1), in halves of 2ⁿ again:  ((exp(r) − 1) · h + (h − 1 / h')) · h'
#include <strata/cpu/math/exp.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline STRATA_ABI::on_cpu::math {

template <class Arch>
[[gnu::always_inline]] inline vec<float, Arch> expm1(const vec<float, Arch>& x) {
    using V = vec<float, Arch>;
    const auto plus = [](const V& a, const V& b, float c) { return multiply_add<float, Arch>(a, b, V(c)); };
    constexpr float rounder = 0x1.8p23f + 254.0f; // see exp_within
    // not-a-number passes: minimum and maximum give their second operand then
    const V held = xsimd::max(V(-104.0f), xsimd::min(V(89.0f), x));
    const V shifted = plus(held, V(0x1.715476p0f), rounder), n = shifted - V(rounder);
    V r = multiply_add<float, Arch>(n, V(-0x1.63p-1f), held);
    r = multiply_add<float, Arch>(n, V(0x1.bd0106p-13f), r);
    V e(exp_coefficients<6>[0]);
#pragma GCC unroll 5
    for (int i = 1; i <= 5; ++i) e = plus(e, r, exp_coefficients<6>[i]);
    const int_vec<Arch> bits = bits_of<Arch>(shifted);
    const int_vec<Arch> half = (bits << 22) & int_vec<Arch>(0x7f800000), rest = (bits << 23) - half;
    const V h = number_of<Arch>(half), one_over_rest = number_of<Arch>(int_vec<Arch>(0x7f000000) - rest);
    const V y = multiply_add<float, Arch>(e * r, h, h - one_over_rest) * number_of<Arch>(rest);
    return xsimd::select(x == V(0.0f), x, y); // the sign of a zero
}

} // namespace strata::inline STRATA_ABI::on_cpu::math

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
