#pragma once
/// The elementary functions of registers of floats. Those of doubles are xsimd's.
#include <strata/base/elementary.hpp>
#include <strata/cpu/math/exp.hpp>
#include <strata/cpu/math/logistic.hpp>
#include <strata/cpu/math/tanh.hpp>

namespace strata::inline STRATA_ABI {

template <class Arch>
[[gnu::always_inline]] inline xsimd::batch<float, Arch> elementary_exp(elementary, xsimd::batch<float, Arch> x) {
    return on_cpu::math::exp<Arch>(x);
}
template <class Arch>
[[gnu::always_inline]] inline xsimd::batch<float, Arch> elementary_tanh(elementary, xsimd::batch<float, Arch> x) {
    return on_cpu::math::tanh<Arch>(x);
}
template <class Arch>
[[gnu::always_inline]] inline xsimd::batch<float, Arch> elementary_logistic(elementary, xsimd::batch<float, Arch> x) {
    return on_cpu::math::logistic<Arch>(x);
}

} // namespace strata::inline STRATA_ABI
