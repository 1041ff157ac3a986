#pragma once
/// The elementary functions of registers, also where a function of one's own has them. exp, expm1, tanh and
/// the logistic function of doubles are xsimd's.
#include <strata/base/elementary.hpp>
#include <strata/cpu/math/erfc.hpp>
#include <strata/cpu/math/exp.hpp>
#include <strata/cpu/math/expm1.hpp>
#include <strata/cpu/math/log.hpp>
#include <strata/cpu/math/logistic.hpp>
#include <strata/cpu/math/tanh.hpp>
#include <strata/cpu/pointwise/function_register.hpp>

namespace strata::inline STRATA_ABI {

template <class Arch>
[[gnu::always_inline]] inline xsimd::batch<float, Arch> elementary_exp(elementary, xsimd::batch<float, Arch> x) {
    return on_cpu::math::exp<Arch>(x);
}
template <class Arch>
[[gnu::always_inline]] inline xsimd::batch<float, Arch> elementary_expm1(elementary, xsimd::batch<float, Arch> x) {
    return on_cpu::math::expm1<Arch>(x);
}
template <class Arch>
[[gnu::always_inline]] inline xsimd::batch<float, Arch> elementary_tanh(elementary, xsimd::batch<float, Arch> x) {
    return on_cpu::math::tanh<Arch>(x);
}
template <class Arch>
[[gnu::always_inline]] inline xsimd::batch<float, Arch> elementary_logistic(elementary, xsimd::batch<float, Arch> x) {
    return on_cpu::math::logistic<Arch>(x);
}
template <class T, class Arch>
inline xsimd::batch<T, Arch> elementary_log(elementary, xsimd::batch<T, Arch> x) {
    return on_cpu::math::log<T, Arch>(x);
}
template <class T, class Arch>
inline xsimd::batch<T, Arch> elementary_log1p(elementary, xsimd::batch<T, Arch> x) {
    return on_cpu::math::log1p<T, Arch>(x);
}
template <class T, class Arch>
inline xsimd::batch<T, Arch> elementary_erf(elementary, xsimd::batch<T, Arch> x) {
    return on_cpu::math::erf<T, Arch>(x);
}
template <class T, class Arch>
inline xsimd::batch<T, Arch> elementary_erfc(elementary, xsimd::batch<T, Arch> x) {
    return on_cpu::math::erfc<T, Arch>(x);
}

template <class Arch>
[[gnu::always_inline]] inline on_cpu::function_register<float, Arch>
elementary_exp(elementary, on_cpu::function_register<float, Arch> x) {
    return on_cpu::math::exp<Arch>(x.numbers());
}
template <class Arch>
[[gnu::always_inline]] inline on_cpu::function_register<float, Arch>
elementary_expm1(elementary, on_cpu::function_register<float, Arch> x) {
    return on_cpu::math::expm1<Arch>(x.numbers());
}
template <class Arch>
[[gnu::always_inline]] inline on_cpu::function_register<float, Arch>
elementary_tanh(elementary, on_cpu::function_register<float, Arch> x) {
    return on_cpu::math::tanh<Arch>(x.numbers());
}
template <class Arch>
[[gnu::always_inline]] inline on_cpu::function_register<float, Arch>
elementary_logistic(elementary, on_cpu::function_register<float, Arch> x) {
    return on_cpu::math::logistic<Arch>(x.numbers());
}

} // namespace strata::inline STRATA_ABI
