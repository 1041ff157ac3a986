#pragma once
/// erfc — 1 − erf(x) of a register: of floats within 8 units in the last place down to denormal results, of doubles the
/// standard library's, number by number. With a = |x| and t = 1 / (1 + a / 2) it is exp(−a²) · t · P(t) for x ≥ 0, P a
/// minimax polynomial of relative error 4e-8 up to a = 14, and 2 minus that below 0. What rounding the product a²
/// loses is found by a fused multiply-add, where there is one.
#include <strata/cpu/math/exp.hpp>
#include <strata/cpu/math/log.hpp>

#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675 // "GCC unroll" is the host compiler's
#endif

namespace strata::inline STRATA_ABI::on_cpu::math {

/// Coefficients of P from the highest power down.
inline constexpr float erfc_coefficients[] = {-0x1.e68114p-5f, 0x1.24ff3p-2f,   -0x1.f62ffap-2f,
                                              0x1.2081b2p-2f,  -0x1.ddaf52p-6f, 0x1.a14a5ap-3f,
                                              0x1.f15342p-3f,  0x1.2130a8p-2f,  0x1.20dab6p-2f};

template <class T, class Arch>
inline vec<T, Arch> erfc(const vec<T, Arch>& x) {
    if constexpr (std::is_same_v<T, double>) {
        return of_each_number<T, Arch>(x, [](T number) { return std::erfc(number); });
    } else {
        using V = vec<float, Arch>;
        const V a = xsimd::min(V(14.0f), xsimd::abs(x)); // not-a-number passes: it is the second operand
        const V square = a * a, lost = multiply_add<float, Arch>(a, a, -square);
        const V e = exp_within<6, Arch>(xsimd::max(V(-104.0f), -square));
        const V t = quotient<float, Arch>(V(1.0f), multiply_add<float, Arch>(a, V(0.5f), V(1.0f)));
        V p(erfc_coefficients[0]);
#pragma GCC unroll 8
        for (int i = 1; i <= 8; ++i) p = multiply_add<float, Arch>(p, t, V(erfc_coefficients[i]));
        const V beyond = (e - e * lost) * (t * p);
        return xsimd::select(x < V(0.0f), V(2.0f) - beyond, beyond);
    }
}

} // namespace strata::inline STRATA_ABI::on_cpu::math

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif
