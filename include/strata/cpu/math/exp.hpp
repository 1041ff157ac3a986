#pragma once
/// exp — of a register of floats, within 2 units in the last place, denormal results included.
/// With n the integer nearest to x / log 2 and r = x − n · log 2, exp(x) = 2ⁿ · exp(r), and exp(r) is a polynomial on |r| ≤ log 2 / 2
/// (minimax). 2ⁿ is multiplied in as two halves, since neither 2¹²⁸ nor 2⁻¹⁵⁰ is a float.
#include <strata/cpu/math/bits.hpp>

namespace strata::inline v0_1::on_cpu::math {

/// exp(x) for x in [−104, 89], or not-a-number. Beyond these it is zero or infinity, as at the ends.
template <class Arch>
[[gnu::always_inline]] inline vec<float, Arch> exp_within(const vec<float, Arch>& x) {
    using V = vec<float, Arch>;
    const auto plus = [](const V& a, const V& b, float c) { return multiply_add<float, Arch>(a, b, V(c)); };
    // A float of this size has no bits behind the point: the sum rounds, and its last bits are n + 254.
    constexpr float rounder = 0x1.8p23f + 254.0f;
    const V shifted = plus(x, V(0x1.715476p0f), rounder), n = shifted - V(rounder);
    // log 2 in two parts, the first so short that its products with n are exact
    V r = multiply_add<float, Arch>(n, V(-0x1.63p-1f), x);
    r = multiply_add<float, Arch>(n, V(0x1.bd0106p-13f), r);
    V e(0x1.0eff04p-7f);
    e = plus(e, r, 0x1.5743a4p-5f);
    e = plus(e, r, 0x1.555cep-3f);
    e = plus(e, r, 0x1.fffda6p-2f);
    e = plus(e, r, 0x1.ffffeep-1f);
    e = plus(e, r, 1.0f);
    const int_vec<Arch> bits = bits_of<Arch>(shifted);
    const int_vec<Arch> half = (bits << 22) & int_vec<Arch>(0x7f800000), rest = (bits << 23) - half;
    return e * number_of<Arch>(half) * number_of<Arch>(rest);
}

template <class Arch>
[[gnu::always_inline]] inline vec<float, Arch> exp(const vec<float, Arch>& x) {
    using V = vec<float, Arch>;
    // not-a-number passes: minimum and maximum give their second operand then
    return exp_within<Arch>(xsimd::max(V(-104.0f), xsimd::min(V(89.0f), x)));
}

} // namespace strata::inline v0_1::on_cpu::math
