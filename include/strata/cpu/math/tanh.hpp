#pragma once
/// tanh — of a register of floats, within 5 units in the last place and, with fused multiply-adds, never beyond ±1.
/// From tanh(x / 2) = N / (1 + E), a minimax quotient of polynomials on |x| ≤ 9, where tanh is 1,
///   tanh(x) = 2 N (1 + E) / ((1 + E)² + N²)
/// which takes one division and, where tanh is nearly 1, passes none of the quotient's error on.
#include <strata/cpu/registers.hpp>

namespace strata::inline STRATA_ABI::on_cpu::math {

template <class Arch>
[[gnu::always_inline]] inline vec<float, Arch> tanh(const vec<float, Arch>& x) {
    using V = vec<float, Arch>;
    const auto plus = [](const V& a, const V& b, const V& c) { return multiply_add<float, Arch>(a, b, c); };
    // not-a-number passes: minimum and maximum give their second operand then
    const V a = xsimd::max(V(-9.0f), xsimd::min(V(9.0f), x)), u = a * a;
    const V n = plus(a * u, plus(u, V(0x1.dc6d76p-14f), V(0x1.e74d9ap-6f)), a); // 2 N
    const V e = plus(u * u, plus(u, V(0x1.46375p-20f), V(0x1.3b7066p-10f)), u * V(0x1.cf28ap-4f));
    // 1 is added last, so that little is rounded where N and E are small
    return quotient<float, Arch>(plus(n, e, n), plus(e, e + V(2.0f), plus(n * n, V(0.25f), V(1.0f))));
}

} // namespace strata::inline STRATA_ABI::on_cpu::math
