#pragma once
/// What affine and conv do with a sum before they store it: the elementwise function fused into them, if any.
#include <strata/plan/key.hpp>

namespace strata::inline STRATA_ABI::on_reference {

template <key K, class F>
double epilogue(double y) {
    if constexpr (K.function >= 0) return double(F::f(y));
    else return y;
}

} // namespace strata::inline STRATA_ABI::on_reference
