#pragma once
/// logistic — 1 / (1 + exp(−x)) of a register of floats, within 4 units in the last place. With e = exp(−|x|), which is
/// at most 1, it is 1 / (1 + e) or e / (1 + e): nothing overflows, and far below zero the result is exp(x), denormals
/// included.
#include <strata/cpu/math/exp.hpp>

namespace strata::inline STRATA_ABI::on_cpu::math {

template <class Arch>
[[gnu::always_inline]] inline vec<float, Arch> logistic(const vec<float, Arch>& x) {
    using V = vec<float, Arch>;
    const V e = exp_within<5, Arch>(xsimd::max(V(-104.0f), x | V(-0.0f)));
    return quotient<float, Arch>(xsimd::select(x < V(0.0f), e, V(1.0f)), V(1.0f) + e);
}

} // namespace strata::inline STRATA_ABI::on_cpu::math
