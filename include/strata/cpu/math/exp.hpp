#pragma once
/// exp — of a register of floats, within 1.2 units in the last place, denormal results included. With n the integer
/// nearest to x / log 2 and r = x − n · log 2, exp(x) = 2ⁿ · exp(r), and exp(r) is a minimax polynomial on |r| ≤ log 2
/// / 2. 2ⁿ is multiplied in as two halves, since neither 2¹²⁸ nor 2⁻¹⁵⁰ is a float.
#include <strata/cpu/math/bits.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline STRATA_ABI::on_cpu::math {

/// Coefficients of exp(r) from the highest power down: relative errors of 3e-9 and 6e-8. Where more errors follow, five
/// serve.
template <int Degree>
inline constexpr float exp_coefficients[] = {
    0x1.6a23bcp-10f, 0x1.123a2ap-7f, 0x1.5558f4p-5f, 0x1.55549p-3f, 0x1.fffffcp-2f, 1, 1};
template <>
inline constexpr float exp_coefficients<5>[] = {0x1.0eff04p-7f, 0x1.5743a4p-5f, 0x1.555cep-3f,
                                                0x1.fffda6p-2f, 0x1.ffffeep-1f, 1};

/// exp(x) for x in [−104, 89], or not-a-number. Beyond these it is zero or infinity, as at the ends.
template <int Degree, class Arch>
[[gnu::always_inline]] inline vec<float, Arch> exp_within(const vec<float, Arch>& x) {
    using V = vec<float, Arch>;
    const auto plus = [](const V& a, const V& b, float c) { return multiply_add<float, Arch>(a, b, V(c)); };
    // A float of this size has no bits behind the point: the sum rounds, and its last bits are n + 254.
    constexpr float rounder = 0x1.8p23f + 254.0f;
    const V shifted = plus(x, V(0x1.715476p0f), rounder), n = shifted - V(rounder);
    // log 2 in two parts, the first so short that its products with n are exact
    V r = multiply_add<float, Arch>(n, V(-0x1.63p-1f), x);
    r = multiply_add<float, Arch>(n, V(0x1.bd0106p-13f), r);
    V e(exp_coefficients<Degree>[0]);
#pragma GCC unroll 6
    for (int i = 1; i <= Degree; ++i) e = plus(e, r, exp_coefficients<Degree>[i]);
    const int_vec<Arch> bits = bits_of<Arch>(shifted);
    const int_vec<Arch> half = (bits << 22) & int_vec<Arch>(0x7f800000), rest = (bits << 23) - half;
    return e * number_of<Arch>(half) * number_of<Arch>(rest);
}

template <class Arch>
[[gnu::always_inline]] inline vec<float, Arch> exp(const vec<float, Arch>& x) {
    using V = vec<float, Arch>;
    // not-a-number passes: minimum and maximum give their second operand then
    return exp_within<6, Arch>(xsimd::max(V(-104.0f), xsimd::min(V(89.0f), x)));
}

} // namespace strata::inline STRATA_ABI::on_cpu::math

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
