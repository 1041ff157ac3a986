#pragma once
/// The elementary functions of registers of floats. Those of doubles are xsimd's.
#include <strata/base/elementary.hpp>
#include <strata/cpu/math/exp.hpp>
#include <strata/cpu/math/log.hpp>
#include <strata/cpu/math/logistic.hpp>
#include <strata/cpu/math/tanh.hpp>

namespace strata::inline v0_1 {

template <class Arch>
struct elementary<xsimd::batch<float, Arch>> {
    using V = xsimd::batch<float, Arch>;
    [[gnu::always_inline]] static V exp(const V& x) { return on_cpu::math::exp<Arch>(x); }
    [[gnu::always_inline]] static V log(const V& x) { return on_cpu::math::log<Arch>(x); }
    [[gnu::always_inline]] static V tanh(const V& x) { return on_cpu::math::tanh<Arch>(x); }
    [[gnu::always_inline]] static V logistic(const V& x) { return on_cpu::math::logistic<Arch>(x); }
};

} // namespace strata::inline v0_1
